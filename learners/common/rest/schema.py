"""How our operations describe themselves in OpenAPI: every one may answer with problem+json."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from learners.common.rest.problems import MEDIA_TYPE

Direction = Literal["request", "response"]


class ProblemFlawSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="JSON pointer into the body.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal (RFC 9457)."""

    type = serializers.CharField(help_text="urn:gamification:problem: and the code.")
    title = serializers.CharField(help_text="In the reader's language.")
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="The path that was asked for.")
    code = serializers.CharField(help_text="Stable; programs key on it.")
    request_id = serializers.CharField()
    errors = ProblemFlawSerializer(many=True)  # type: ignore[assignment]


class GamificationSchema(AutoSchema):
    """drf-spectacular's description plus our refusals."""

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._refusals():
            if code not in bodies:
                bodies[code] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    ProblemSerializer, code, [MEDIA_TYPE], direction
                )
        return bodies

    def _refusals(self) -> list[str]:
        codes = ["400", "401", "403", "429", "503"]
        if "{" in self.path:
            codes.append("404")
        if self.method in {"POST", "PUT", "PATCH"}:
            codes += ["409", "413", "415"]
        return codes
