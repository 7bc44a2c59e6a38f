"""Activities come in from sources; learners read their own, teachers those of their cohorts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer
from rest_framework import mixins
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from learners import incoming
from learners.api import NewActivity, Recorded, record_activities
from learners.common import clock
from learners.common.errors import Flaw
from learners.common.rest.permissions import IsSource
from learners.common.rest.schema import extend_schema
from learners.errors import BatchError
from learners.models import Activity
from learners.selectors.activities import activities_of
from learners.serializers import ActivityInSerializer, ActivitySerializer, RecordedSerializer
from learners.views.base import LEARNER_QUERY, LearnersViewSet, asking_source, learner_asked_for

ABOUT = OpenApiParameter(LEARNER_QUERY, str, description="UUID of a learner you may see; without it, yourself.")
REPLAYED_HEADER = "Idempotency-Replayed"


class ActivityViewSet(LearnersViewSet, mixins.ListModelMixin, mixins.RetrieveModelMixin):
    serializer_class = ActivitySerializer
    query_fields: ClassVar[tuple[str, ...]] = (LEARNER_QUERY,)
    lookup_value_regex = "[0-9]{1,18}"  # what fits a database key

    def get_permissions(self) -> list[Any]:
        return [IsAuthenticated(), IsSource()] if self.action == "create" else list(super().get_permissions())

    def get_queryset(self) -> QuerySet[Activity]:
        return activities_of(learner_asked_for(self.request))

    @extend_schema(parameters=[ABOUT])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List activities, newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[ABOUT])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(
        request=PolymorphicProxySerializer(
            component_name="ActivityBatch",
            serializers=[ActivityInSerializer, ActivityInSerializer(many=True)],
            resource_type_field_name=None,
            many=False,
        ),
        responses={
            code: PolymorphicProxySerializer(
                component_name="RecordedBatch",
                serializers=[RecordedSerializer, RecordedSerializer(many=True)],
                resource_type_field_name=None,
                many=False,
            )
            for code in (200, 201)
        },
    )
    def create(self, request: Request) -> Response:
        """Record one activity or a list of up to 500, all or nothing.

        201 if any is new, 200 if all were known; each says whether it was `replayed`. A registered source only.
        """
        single = not isinstance(request.data, list)
        activities = [NewActivity(**values) for values in incoming.read_batch(request.data)]
        try:
            recorded = record_activities(activities=activities, source=asking_source(request), now=clock.now())
        except BatchError as error:
            raise (_without_index(error) if single else error) from None
        shown = _shown(recorded)
        replayed = all(one.replayed for one in recorded)
        return Response(
            shown[0] if single else shown,
            status=200 if replayed else 201,
            headers={REPLAYED_HEADER: "true"} if replayed else {},
        )


def _shown(recorded: Sequence[Recorded]) -> list[dict[str, Any]]:
    return [
        {
            "client_id": one.client_id,
            "id": one.activity_id,
            "learner": one.learner,
            "replayed": one.replayed,
            "outcome": one.outcome,
        }
        for one in recorded
    ]


def _without_index(error: BatchError) -> BatchError:
    """Point into the one object that was sent, not into a list."""
    error.flaws = tuple(Flaw("", flaw.code, flaw.detail) for flaw in error.flaws)
    return error
