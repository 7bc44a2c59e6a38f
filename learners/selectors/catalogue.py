"""What there is to learn."""

from django.db.models import QuerySet

from learners.models import Category


def categories() -> QuerySet[Category]:
    """Return all categories with their parents."""
    return Category.objects.select_related("parent")
