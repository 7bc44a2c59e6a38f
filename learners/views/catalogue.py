from django.db.models import QuerySet
from rest_framework import mixins
from rest_framework.permissions import IsAuthenticated

from learners.models import Category
from learners.selectors.catalogue import categories
from learners.serializers import CategorySerializer
from learners.views.base import LearnersViewSet


class CategoryViewSet(LearnersViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    """What there is to learn, in the reader's language; sources may read it too."""

    permission_classes = (IsAuthenticated,)
    serializer_class = CategorySerializer
    lookup_field = "code"
    ordering = ("position", "id")

    def get_queryset(self) -> QuerySet[Category]:
        return categories()
