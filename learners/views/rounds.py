from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from learners.common import clock
from learners.common.rest.permissions import IsSource
from learners.common.rest.schema import extend_schema
from learners.errors import UnknownRound
from learners.serializers import RoundInSerializer, RoundSerializer
from learners.services.rounds import close_round, open_round
from learners.views.base import LearnersViewSet, asking_source


class RoundViewSet(LearnersViewSet):
    """Rounds of answers, opened and closed by their source."""

    permission_classes = (IsAuthenticated, IsSource)
    serializer_class = RoundSerializer
    lookup_field = "client_id"
    lookup_value_regex = "[^/]{1,64}"

    @extend_schema(request=RoundInSerializer, responses={201: RoundSerializer})
    def create(self, request: Request) -> Response:
        """Open a round; opened again it is the same round."""
        wanted = RoundInSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        opened = open_round(source=asking_source(request), now=clock.now(), **wanted.validated_data)
        return Response(RoundSerializer(opened).data, status=201)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, client_id: str = "") -> Response:
        """Close a round before it is full; only a closed round counts as a quiz."""
        try:
            closed = close_round(source=asking_source(request), client_id=client_id, now=clock.now())
        except UnknownRound:
            raise NotFound from None
        return Response(RoundSerializer(closed).data)
