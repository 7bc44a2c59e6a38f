from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from learners.common.rest.schema import extend_schema
from learners.common.rest.viewsets import GamificationViewSet
from learners.selectors.health import readiness
from learners.serializers import LivenessSerializer, ReadinessSerializer


class HealthViewSet(GamificationViewSet):
    """For load balancers and supervisors; open to all, counted by nobody."""

    permission_classes = (AllowAny,)
    throttle_classes = ()
    serializer_class = LivenessSerializer

    def get_authenticators(self) -> list[BaseAuthentication]:
        return []  # a dead database must not stop a liveness probe at its session cookie

    @extend_schema(operation_id="health", responses=LivenessSerializer)
    def alive(self, request: Request) -> Response:
        """Say that the process answers."""
        return Response({"status": "ok"})

    @extend_schema(operation_id="readiness", responses={200: ReadinessSerializer, 503: ReadinessSerializer})
    def ready(self, request: Request) -> Response:
        """Say whether database, cache and schema are there; 503 if one is not."""
        found = readiness()
        body = {
            "status": "ok" if found.ready else "unavailable",
            "database": found.database,
            "cache": found.cache,
            "migrations": found.migrations,
        }
        return Response(body, status=200 if found.ready else 503)
