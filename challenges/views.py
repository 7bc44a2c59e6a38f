from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from challenges.models import Challenge
from challenges.selectors import challenges as selectors
from challenges.serializers import ChallengeSerializer
from challenges.services import abandoning, days
from learners.api import LearnerProfile, learner_of_user, visible_to
from learners.common import clock
from learners.common.rest.permissions import IsLearner
from learners.common.rest.problems import BadQuery
from learners.common.rest.viewsets import GamificationViewSet

DATE_QUERY, LEARNER_QUERY = "date", "learner"


class ChallengeViewSet(GamificationViewSet, viewsets.ReadOnlyModelViewSet[Challenge]):
    """Daily challenges: the learner's own, or those of a learner whom the asking person may see."""

    permission_classes = (IsAuthenticated, IsLearner)
    serializer_class = ChallengeSerializer
    pagination_class = None
    query_fields: ClassVar[tuple[str, ...]] = (DATE_QUERY, LEARNER_QUERY)
    lookup_value_regex = "[0-9]{1,18}"  # what fits a database key

    def get_queryset(self) -> QuerySet[Challenge]:
        if getattr(self, "swagger_fake_view", False):
            return Challenge.objects.none()
        return selectors.visible_to(self.request.user, today=_today(self._own()))

    @extend_schema(
        parameters=[
            OpenApiParameter(DATE_QUERY, date, description="A day of the learner's calendar; without it, today."),
            OpenApiParameter(LEARNER_QUERY, str, description="UUID of a learner you may see; without it, yourself."),
        ],
        responses=ChallengeSerializer(many=True),
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the day's challenges; today's are made at first sight."""
        learner = self._asked_for()
        asked = request.query_params.get(DATE_QUERY)
        day = _date(asked) if asked is not None else days.ensure_today(learner=learner, now=clock.now())
        found = selectors.shown(list(selectors.challenges_of(learner, day=day)), today=_today(learner))
        return Response(ChallengeSerializer(found, many=True).data)

    @extend_schema(responses=ChallengeSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one challenge."""
        challenge = self.get_object()
        return self._one(challenge, challenge.learner)

    @extend_schema(request=None, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def abandon(self, request: Request, pk: str | None = None) -> Response:
        """Let an open challenge of your own go; nothing is lost but its reward."""
        challenge = self.get_object()
        own = self._own()
        if challenge.learner_id != own.pk:
            raise NotFound
        return self._one(abandoning.abandon(challenge=challenge, now=clock.now()), own)

    def _own(self) -> LearnerProfile:
        return learner_of_user(self.request.user, now=clock.now())

    def _asked_for(self) -> LearnerProfile:
        own = self._own()
        ref = self.request.query_params.get(LEARNER_QUERY)
        if ref is None:
            return own
        found = visible_to(self.request.user, today=_today(own)).filter(uuid=_uuid(ref)).first()
        if found is None:
            raise NotFound
        return found

    def _one(self, challenge: Challenge, learner: LearnerProfile) -> Response:
        (row,) = selectors.shown([challenge], today=_today(learner))
        return Response(ChallengeSerializer(row).data)


def _today(learner: LearnerProfile) -> date:
    return days.today_of(learner, now=clock.now())


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadQuery from error


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise NotFound from error
