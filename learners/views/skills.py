from typing import ClassVar

from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from learners.common import clock
from learners.common.rest.schema import extend_schema
from learners.selectors import skills
from learners.selectors.catalogue import labels_of
from learners.serializers import SkillListSerializer, StreakSerializer
from learners.views.activities import ABOUT
from learners.views.base import LEARNER_QUERY, LearnersViewSet, learner_asked_for


class SkillViewSet(LearnersViewSet):
    """What a learner knows today; estimates fade while a category is not practised."""

    query_fields: ClassVar[tuple[str, ...]] = (LEARNER_QUERY,)
    pagination_class = None
    serializer_class = SkillListSerializer

    @extend_schema(operation_id="skills_list", parameters=[ABOUT], responses=SkillListSerializer)
    def list(self, request: Request) -> Response:
        """Return the practised categories, the one with most to gain first."""
        found = skills.skills_of(learner_asked_for(request), now=clock.now())
        labels = labels_of({skill.category_id for skill in found})
        results = [
            {
                "category": skill.code,
                "label": labels[skill.category_id],
                "p": skill.p,
                "weak": skill.is_weak,
                "n": skill.n,
                "last_at": skill.last_at,
            }
            for skill in found
        ]
        return Response(SkillListSerializer({"results": results}).data)

    @extend_schema(operation_id="skills_assessment", parameters=[ABOUT], responses=OpenApiTypes.OBJECT)
    def assessment(self, request: Request) -> Response:
        """Return overall level, confidence and progress, and what is behind them by category."""
        return Response(skills.get_skill_assessment(learner_asked_for(request), now=clock.now()))


class StreakViewSet(LearnersViewSet):
    """Days in a row; two missed days a month are forgiven."""

    query_fields: ClassVar[tuple[str, ...]] = (LEARNER_QUERY,)
    serializer_class = StreakSerializer

    @extend_schema(operation_id="streak_retrieve", parameters=[ABOUT], responses=StreakSerializer)
    def retrieve(self, request: Request) -> Response:
        streak = skills.streak_of(learner_asked_for(request), now=clock.now())
        return Response(StreakSerializer(streak).data)
