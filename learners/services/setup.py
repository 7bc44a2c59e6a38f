"""Give a site its default rows; what an editor changed stays as it is."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from learners.common.bulk import insert_new
from learners.common.languages import OURS, localized_all
from learners.models import Category
from learners.seeds.categories import CATEGORIES, CategorySeed

FIELDS = ("label", "bare", "definite", "description")


def setup(*, now: datetime) -> dict[str, int]:
    """Add the default categories that are missing, by code, and return how many were new."""
    roots = [seed for seed in CATEGORIES if seed.parent is None]
    parts = [seed for seed in CATEGORIES if seed.parent is not None]
    with transaction.atomic():
        made = _insert(roots, parents={})
        made += _insert(
            parts, parents={row.code: row for row in Category.objects.filter(code__in=[seed.code for seed in roots])}
        )
    return {"categories": made}


def _insert(seeds: Iterable[CategorySeed], *, parents: dict[str, Category]) -> int:
    order = {seed.code: position for position, seed in enumerate(CATEGORIES)}
    rows = [_row(seed, parent=parents.get(seed.parent or ""), position=order[seed.code]) for seed in seeds]
    return len(insert_new(Category, rows, conflict=["code"]))


def _row(seed: CategorySeed, *, parent: Category | None, position: int) -> dict[str, Any]:
    texts = {field: {code: getattr(getattr(seed, code), field) for code in OURS} for field in FIELDS}
    weight = seed.weight or (parent.weight if parent else Decimal("1.00"))
    return {
        "code": seed.code,
        "parent_id": parent.pk if parent else None,
        "weight": weight,
        "exam_share": None,
        "is_enabled": True,
        "position": position,
        **localized_all(texts),
    }
