"""The learner's own page, and the learners that a teacher sees."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from learners.common import clock
from learners.common.rest.schema import extend_schema
from learners.models import LearnerProfile
from learners.selectors import people
from learners.serializers import LearnerSerializer, ProfileChangeSerializer, ProfileSerializer
from learners.services.forgetting import export_learner, forget_learner
from learners.services.profiles import update_profile
from learners.views.base import LearnersViewSet, own_profile, today, visible_learner


class MeViewSet(LearnersViewSet):
    """The person who asks."""

    serializer_class = ProfileSerializer

    @extend_schema(operation_id="learners_me_retrieve", responses=ProfileSerializer)
    def retrieve(self, request: Request) -> Response:
        """Return the profile; it is made at first sight."""
        return Response(_shown(own_profile(request)))

    @extend_schema(operation_id="learners_me_update", request=ProfileChangeSerializer, responses=ProfileSerializer)
    def partial_update(self, request: Request) -> Response:
        """Change name, language, time zone, or whether practice is chosen personally."""
        wanted = ProfileChangeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        learner = update_profile(learner=own_profile(request), changes=wanted.validated_data, now=clock.now())
        return Response(_shown(learner))

    @extend_schema(operation_id="learners_me_destroy", responses={204: None})
    def destroy(self, request: Request) -> Response:
        """Erase name, identity and preferences; numbers stay under nobody's name."""
        forget_learner(learner=own_profile(request), now=clock.now())
        return Response(status=204)

    @extend_schema(operation_id="learners_me_export", responses=OpenApiTypes.OBJECT)
    def export(self, request: Request) -> Response:
        """Return everything that is stored about the person who asks."""
        exported = export_learner(learner=own_profile(request), now=clock.now())
        headers = {"Content-Disposition": 'attachment; filename="learner.json"'}
        return Response(exported, headers=headers)


class LearnerViewSet(LearnersViewSet, mixins.ListModelMixin):
    """The learners whom the asking person may see: themselves, and those of cohorts they teach."""

    serializer_class = LearnerSerializer
    lookup_field = "uuid"

    def get_queryset(self) -> QuerySet[LearnerProfile]:
        return people.visible_to(self.request.user, today=today())

    @extend_schema(responses=LearnerSerializer)
    def retrieve(self, request: Request, uuid: str = "") -> Response:
        return Response(LearnerSerializer(visible_learner(request, uuid)).data)


def _shown(learner: LearnerProfile) -> dict[str, Any]:
    shown = dict(ProfileSerializer(learner).data)
    now = clock.now()
    shown["zone"] = learner.zone_at(now)
    if learner.next_zone_at is None or learner.next_zone_at <= now:
        shown["next_zone"], shown["next_zone_at"] = "", None
    return shown
