from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from learners.api import learner_of_user
from learners.common import clock
from learners.common.rest.permissions import IsLearner
from learners.common.rest.schema import extend_schema
from learners.common.rest.viewsets import GamificationViewSet
from rewards.models import LedgerEntry
from rewards.selectors import ledger
from rewards.serializers import LedgerEntrySerializer, PointsSerializer


class PointsViewSet(GamificationViewSet, mixins.ListModelMixin):
    """The learner's own XP, points and level, and where they came from."""

    permission_classes = (IsAuthenticated, IsLearner)
    serializer_class = PointsSerializer

    @extend_schema(operation_id="points_retrieve", responses=PointsSerializer)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return what the learner has and the way to the next level."""
        learner = learner_of_user(request.user, now=clock.now())
        return Response(PointsSerializer(ledger.holdings_of(learner_id=learner.pk)).data)


class LedgerEntryViewSet(GamificationViewSet, mixins.ListModelMixin):
    """The learner's own ledger, newest first."""

    permission_classes = (IsAuthenticated, IsLearner)
    serializer_class = LedgerEntrySerializer

    def get_queryset(self) -> QuerySet[LedgerEntry]:
        if getattr(self, "swagger_fake_view", False):
            return LedgerEntry.objects.none()
        return ledger.visible_to(self.request.user)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "reason_names": self._reason_names}

    @cached_property
    def _reason_names(self) -> dict[str, str]:
        return {} if getattr(self, "swagger_fake_view", False) else dict(ledger.price_names())
