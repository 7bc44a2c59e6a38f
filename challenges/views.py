from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from challenges.models import Challenge, Verdict
from challenges.selectors import challenges as selectors
from challenges.serializers import ChallengeSerializer, RatingSerializer, WhySerializer
from challenges.services import abandoning, days, rating, reopening
from learners.api import LearnerProfile, learner_of_user, visible_to
from learners.common import clock
from learners.common.rest.permissions import IsLearner
from learners.common.rest.problems import BadQuery
from learners.common.rest.schema import extend_schema
from learners.common.rest.viewsets import GamificationViewSet

DATE_QUERY, LEARNER_QUERY, FROM_QUERY, TO_QUERY = "date", "learner", "from", "to"
ABOUT = OpenApiParameter(LEARNER_QUERY, str, description="UUID of a learner you may see; without it, yourself.")


class LearnersChallengesViewSet(GamificationViewSet):
    """What both views of challenges share: the learner's own, or those of a learner whom the reader may see."""

    permission_classes = (IsAuthenticated, IsLearner)
    serializer_class = ChallengeSerializer

    def own_profile(self) -> LearnerProfile:
        return learner_of_user(self.request.user, now=clock.now())

    def learner_asked_for(self) -> LearnerProfile:
        own = self.own_profile()
        ref = self.request.query_params.get(LEARNER_QUERY)
        if ref is None:
            return own
        found = visible_to(self.request.user, today=_today(own)).filter(uuid=_uuid(ref)).first()
        if found is None:
            raise NotFound
        return found


class HistoryViewSet(LearnersChallengesViewSet, mixins.ListModelMixin):
    """A learner's challenges of all days."""

    ordering = ("-local_date", "slot", "id")
    query_fields: ClassVar[tuple[str, ...]] = (FROM_QUERY, TO_QUERY, LEARNER_QUERY)

    def get_queryset(self) -> QuerySet[Challenge]:
        return Challenge.objects.none()  # the schema asks for it

    @extend_schema(
        operation_id="challenges_history",
        parameters=[
            OpenApiParameter(FROM_QUERY, date, description="The first day of the learner's calendar."),
            OpenApiParameter(TO_QUERY, date, description="The last one."),
            ABOUT,
        ],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List challenges page by page, the newest day first; nothing is made."""
        learner = self.learner_asked_for()
        first, last = (
            None if (text := request.query_params.get(name)) is None else _date(text) for name in (FROM_QUERY, TO_QUERY)
        )
        page = self.paginate_queryset(selectors.history_of(learner, first=first, last=last)) or []
        found = selectors.shown(page, today=_today(learner))
        return self.get_paginated_response(ChallengeSerializer(found, many=True).data)


class ChallengeViewSet(LearnersChallengesViewSet, viewsets.ReadOnlyModelViewSet[Challenge]):
    """Daily challenges: the learner's own, or those of a learner whom the asking person may see."""

    pagination_class = None
    query_fields: ClassVar[tuple[str, ...]] = (DATE_QUERY, LEARNER_QUERY)
    lookup_value_regex = "[0-9]{1,18}"  # what fits a database key

    def get_queryset(self) -> QuerySet[Challenge]:
        if getattr(self, "swagger_fake_view", False):
            return Challenge.objects.none()
        return selectors.visible_to(self.request.user, today=_today(self.own_profile()))

    @extend_schema(
        parameters=[
            OpenApiParameter(DATE_QUERY, date, description="A day of the learner's calendar; without it, today."),
            ABOUT,
        ],
        responses=ChallengeSerializer(many=True),
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the day's challenges; today's are made at first sight."""
        learner = self.learner_asked_for()
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
        challenge, own = self._own_challenge()
        return self._one(abandoning.abandon(challenge=challenge, now=clock.now()), own)

    @extend_schema(request=None, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        """Take up the missed day of a challenge of your own: your answers move its challenges beside today's.

        For seven days, at the same XP, one older day at a time; again, it changes nothing.
        """
        challenge, own = self._own_challenge()
        now = clock.now()
        return self._one(reopening.reopen(challenge=challenge, today=days.today_of(own, now=now), now=now), own)

    @extend_schema(request=RatingSerializer, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: str | None = None) -> Response:
        """Say what you think of a challenge of your own; a later opinion takes the place of an earlier one."""
        challenge, own = self._own_challenge()
        asked = RatingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rating.rate(challenge=challenge, verdict=Verdict(asked.validated_data["rating"]), now=clock.now())
        return self._one(self.get_object(), own)

    @extend_schema(responses=WhySerializer)
    @action(detail=True, methods=["get"])
    def why(self, request: Request, pk: str | None = None) -> Response:
        """Say why a challenge was chosen, and what would have made another."""
        return Response(WhySerializer(selectors.why(self.get_object())).data)

    def _own_challenge(self) -> tuple[Challenge, LearnerProfile]:
        """Return the challenge and the asking learner, whose own it must be: who may see it may not change it."""
        challenge, own = self.get_object(), self.own_profile()
        if challenge.learner_id != own.pk:
            raise NotFound
        return challenge, own

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
