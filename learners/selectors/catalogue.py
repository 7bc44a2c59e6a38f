"""What there is to learn."""

from collections.abc import Collection

from django.db.models import QuerySet

from learners.models import Category


def categories() -> QuerySet[Category]:
    """Return all categories with their parents."""
    return Category.objects.select_related("parent")


def labels_of(category_ids: Collection[int]) -> dict[int, str]:
    """Return what categories are called, in the active language."""
    return {category.pk: str(category) for category in Category.objects.filter(pk__in=category_ids)}
