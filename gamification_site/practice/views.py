"""Practice over the API, for mobile clients; graded by the server."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from gamification_site.practice import selectors, services
from gamification_site.practice.models import PracticeRound
from gamification_site.practice.serializers import (
    AnswerInSerializer,
    GradedSerializer,
    OpeningSerializer,
    PracticeRoundSerializer,
    QuestionSerializer,
    ResultSerializer,
)
from learners.api import learner_of_user
from learners.common import clock
from learners.common.rest.permissions import IsLearner
from learners.common.rest.schema import extend_schema
from learners.common.rest.viewsets import GamificationViewSet


class PracticeRoundViewSet(GamificationViewSet, mixins.ListModelMixin):
    """The asking person's own rounds."""

    permission_classes = (IsAuthenticated, IsLearner)
    serializer_class = PracticeRoundSerializer
    lookup_field = "uuid"

    def get_queryset(self) -> QuerySet[PracticeRound]:
        if getattr(self, "swagger_fake_view", False):
            return PracticeRound.objects.none()
        return selectors.rounds_of(self.request.user)

    @extend_schema(request=OpeningSerializer, responses={201: PracticeRoundSerializer})
    def create(self, request: Request) -> Response:
        """Open a round: practice (5, 10 or 15 questions) or a mock test (45 over all topics, 90 minutes)."""
        wanted = OpeningSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        now = clock.now()
        learner = learner_of_user(request.user, now=now)
        opened = services.open_round(learner=learner, now=now, **wanted.validated_data)
        opened.answered = opened.correct = 0  # type: ignore[attr-defined]
        return Response(PracticeRoundSerializer(opened).data, status=201)

    @extend_schema(responses=ResultSerializer)
    def retrieve(self, request: Request, uuid: str = "") -> Response:
        """Return how a round goes or went: by topic, and the answered questions with their answers."""
        return self._result(self.get_object())

    @extend_schema(responses=QuestionSerializer)
    @action(detail=True, methods=["get"])
    def question(self, request: Request, uuid: str = "") -> Response:
        """Return the next question, without its answer; 409 when the round is over."""
        return Response(QuestionSerializer(selectors.next_question(self.get_object(), now=clock.now())).data)

    @extend_schema(request=AnswerInSerializer, responses={200: GradedSerializer, 201: GradedSerializer})
    @action(detail=True, methods=["post"])
    def answers(self, request: Request, uuid: str = "") -> Response:
        """Answer a question and see its grade and what followed; sent again (200), it is the first answer."""
        practice: Any = self.get_object()
        given = AnswerInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found = services.submit(practice=practice, now=clock.now(), **given.validated_data)
        return Response(GradedSerializer(found).data, status=200 if found.replayed else 201)

    @extend_schema(request=None, responses=ResultSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, uuid: str = "") -> Response:
        """Close a round before its last question; the questions left count as not answered."""
        return self._result(services.close(practice=self.get_object(), now=clock.now()))

    def _result(self, practice: PracticeRound) -> Response:
        return Response(ResultSerializer(selectors.result(practice, now=clock.now())).data)
