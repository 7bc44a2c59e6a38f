"""Step 0 of recording: who and what a batch speaks of. Newcomers are inserted, sorted by key, and committed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Subquery

from learners import elo
from learners.common.bulk import insert_new
from learners.common.languages import columns
from learners.errors import UnknownCategory, UnknownLearner
from learners.models import (
    ActivityKind,
    Category,
    CategoryStatistic,
    Item,
    ItemStatistic,
    Source,
    StatisticsVersion,
)
from learners.services import identities

BUILT_IN_KINDS = frozenset({"answer", "lesson", "contribution", "round"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: its id and the logit of a right answer by an average learner."""

    id: int
    logit: float


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Ids and difficulties of everything one batch names."""

    learners: Mapping[str, int]
    categories: Mapping[str, Known]
    items: Mapping[str, Known]


def look_up(
    *,
    source: Source,
    learners: Sequence[str],
    categories: Sequence[str],
    items: Mapping[str, str | None],
    now: datetime,
) -> Catalogue:
    """Return ids for all names, inserting learners, categories and items not seen before.

    :param items: category by item key; a new item gets that category.
    :raises UnknownLearner: if a newcomer may not be created; :raises UnknownCategory: likewise for a category.
    """
    by_learner = _learners(source, learners, now)
    by_category = _categories(source, categories)
    by_item = _items(source, items, by_category)
    return Catalogue(learners=by_learner, categories=by_category, items=by_item)


def unregistered_kinds(kinds: Iterable[str]) -> set[str]:
    """Return which of ``kinds`` are neither built in nor registered by a row."""
    asked = set(kinds) - BUILT_IN_KINDS
    if not asked:
        return set()
    return asked - set(ActivityKind.objects.filter(code__in=asked).values_list("code", flat=True))


def _learners(source: Source, names: Sequence[str], now: datetime) -> dict[str, int]:
    known = identities.known_learners(source=source, external_ids=names)
    missing = set(names) - known.keys()
    if missing:
        known.update(identities.create_learners(source=source, external_ids=missing, now=now))
    lost = [index for index, name in enumerate(names) if name not in known]
    if lost:
        raise UnknownLearner(lost)
    return known


def _categories(source: Source, codes: Sequence[str]) -> dict[str, Known]:
    wanted = {code for code in codes if code}
    known = _known_categories(wanted)
    missing = sorted(wanted - known.keys())
    if missing and not source.creates_categories:
        raise UnknownCategory([index for index, code in enumerate(codes) if code in missing])
    if missing:
        create_categories(missing)
        known = _known_categories(wanted)
    return known


def create_categories(codes: Iterable[str]) -> int:
    """Insert categories known only by code, named after it until an editor writes more; return how many were new."""
    forms = [column for field in ("label", "bare", "definite") for column in columns(field)]
    blank = dict.fromkeys(columns("description"), "")
    rows = [
        {
            "code": code,
            **{column: code.replace("_", " ") for column in forms},
            **blank,
            "weight": Decimal("1.00"),
            "is_enabled": True,
            "position": 0,
        }
        for code in sorted(codes)
    ]
    with transaction.atomic():
        return len(insert_new(Category, rows, conflict=["code"]))


def _known_categories(codes: set[str]) -> dict[str, Known]:
    if not codes:
        return {}
    statistic = CategoryStatistic.objects.filter(category=OuterRef("pk"), version=_version())
    rows = (
        Category.objects.filter(code__in=codes)
        .annotate(logit=Subquery(statistic.values("logit")[:1]))
        .values_list("code", "id", "logit")
    )
    return {code: Known(pk, PRIOR_LOGIT if logit is None else logit) for code, pk, logit in rows}


def _items(source: Source, items: Mapping[str, str | None], categories: Mapping[str, Known]) -> dict[str, Known]:
    if not items:
        return {}
    known = _known_items(source, items, categories)
    missing = sorted(items.keys() - known.keys())
    if missing:
        rows = [
            {"source_id": source.pk, "key": key, "category_id": categories[code].id if (code := items[key]) else None}
            for key in missing
        ]
        with transaction.atomic():
            insert_new(Item, rows, conflict=["source_id", "key"])
        known = _known_items(source, items, categories)
    return known


def _known_items(source: Source, items: Mapping[str, str | None], categories: Mapping[str, Known]) -> dict[str, Known]:
    """Return items by key; one without statistics is as hard as its category."""
    statistic = ItemStatistic.objects.filter(item=OuterRef("pk"), version=_version())
    rows = (
        Item.objects.filter(source=source, key__in=list(items))
        .annotate(logit=Subquery(statistic.values("logit")[:1]))
        .values_list("key", "id", "logit")
    )
    known = {}
    for key, pk, logit in rows:
        code = items[key]
        prior = categories[code].logit if code else PRIOR_LOGIT
        known[key] = Known(pk, prior if logit is None else logit)
    return known


def _version() -> "Subquery":
    return Subquery(StatisticsVersion.objects.filter(is_complete=True).order_by("-id").values("id")[:1])


PRIOR_LOGIT = elo.logit(elo.PRIOR_MEAN)
