"""Step 0 of recording: who and what a batch speaks of. Newcomers are inserted, sorted by key, and committed."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    before_creating: Callable[[Collection[str]], None] | None = None,
) -> Catalogue:
    """Return ids for all names, inserting learners, categories and items not seen before.

    :param items: category by item key; a new item gets that category.
    :param before_creating: called with the newcomers among the learners before anything is inserted; it may refuse.
    :raises UnknownLearner: if a newcomer may not be created; :raises UnknownCategory: likewise for a category.
    """
    names = {name: unicodedata.normalize("NFC", name) for name in learners}  # two spellings of Å are one name
    by_learner = identities.known_learners(source=source, external_ids=names.values())
    by_category = _known_categories({code for code in categories if code})
    by_item = _known_items(source, items, by_category)
    new_learners = {name for name in names.values() if name not in by_learner}
    new_categories = {code for code in categories if code and code not in by_category}
    new_items = items.keys() - by_item.keys()
    if new_learners or new_categories or new_items:
        if before_creating is not None:
            before_creating({raw for raw, name in names.items() if name in new_learners})
        if new_categories and not source.creates_categories:
            raise UnknownCategory([index for index, code in enumerate(categories) if code in new_categories])
        by_learner.update(_new_learners(source, new_learners, learners, names, now))
        if new_categories:
            create_categories(new_categories, enabled=False)
            by_category = _known_categories({code for code in categories if code})
        if new_items:
            _create_items(source, {key: items[key] for key in new_items}, by_category)
            by_item = _known_items(source, items, by_category)
    return Catalogue(
        learners={raw: by_learner[name] for raw, name in names.items()}, categories=by_category, items=by_item
    )


def unregistered_kinds(kinds: Iterable[str]) -> set[str]:
    """Return which of ``kinds`` are neither built in nor registered by a row."""
    asked = set(kinds) - BUILT_IN_KINDS
    if not asked:
        return set()
    return asked - set(ActivityKind.objects.filter(code__in=asked).values_list("code", flat=True))


def _new_learners(
    source: Source, new: Collection[str], sent: Sequence[str], names: Mapping[str, str], now: datetime
) -> Mapping[str, int]:
    if not new:
        return {}
    made = identities.create_learners(source=source, external_ids=new, now=now)
    lost = [index for index, raw in enumerate(sent) if names[raw] in new and names[raw] not in made]
    if lost:
        raise UnknownLearner(lost)
    return made


def create_categories(codes: Iterable[str], *, enabled: bool = True) -> int:
    """Insert categories known only by code, named after it until an editor writes more; return how many were new.

    One that came with an answer is not ``enabled``: a slip of a source must not become everybody's challenge.
    """
    forms = [column for field in ("label", "bare", "definite") for column in columns(field)]
    blank = dict.fromkeys(columns("description"), "")
    rows = [
        {
            "code": code,
            **{column: code.replace("_", " ") for column in forms},
            **blank,
            "weight": Decimal("1.00"),
            "is_enabled": enabled,
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


def _create_items(source: Source, new: Mapping[str, str | None], categories: Mapping[str, Known]) -> None:
    rows = [
        {"source_id": source.pk, "key": key, "category_id": categories[code].id if (code := new[key]) else None}
        for key in sorted(new)
    ]
    with transaction.atomic():
        insert_new(Item, rows, conflict=["source_id", "key"])


def _known_items(source: Source, items: Mapping[str, str | None], categories: Mapping[str, Known]) -> dict[str, Known]:
    """Return items by key; one without statistics is as hard as its category."""
    statistic = ItemStatistic.objects.filter(item=OuterRef("pk"), version=_version())
    if not items:
        return {}
    rows = (
        Item.objects.filter(source=source, key__in=list(items))
        .annotate(logit=Subquery(statistic.values("logit")[:1]))
        .values_list("key", "id", "logit")
    )
    known = {}
    for key, pk, logit in rows:
        code = items[key]
        prior = categories[code].logit if code and code in categories else PRIOR_LOGIT
        known[key] = Known(pk, prior if logit is None else logit)
    return known


def _version() -> "Subquery":
    return Subquery(StatisticsVersion.objects.filter(is_complete=True).order_by("-id").values("id")[:1])


PRIOR_LOGIT = elo.logit(elo.PRIOR_MEAN)
