"""How our operations describe themselves in OpenAPI: every one may answer with problem+json."""

from collections.abc import Callable
from inspect import isclass
from typing import Any, Literal, TypeVar

from drf_spectacular import utils
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from learners.common.rest.problems import MEDIA_TYPE

Direction = Literal["request", "response"]
Described = TypeVar("Described", bound=Callable[..., Any])


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


def extend_schema(**said: Any) -> Callable[[Described], Described]:
    """Describe an operation as drf-spectacular's decorator does, on top of our description wherever we are installed.

    Theirs builds on the host's DEFAULT_SCHEMA_CLASS when it decorates a method, and fails with Django REST framework's
    own.
    """
    decorate = utils.extend_schema(**said)

    def describe(operation: Described) -> Described:
        if not isclass(operation):
            function: Any = operation
            function.kwargs = {"schema": GamificationSchema, **getattr(function, "kwargs", {})}
        decorated: Described = decorate(operation)
        return decorated

    return describe


class _DescribableEndpoints(EndpointEnumerator):
    def should_include_endpoint(self, path: str, callback: Any) -> bool:
        return bool(super().should_include_endpoint(path, callback)) and isinstance(callback.cls.schema, AutoSchema)


class GamificationSchemaGenerator(SchemaGenerator):
    """Leaves out the host's views that drf-spectacular cannot describe; it would fail on the first of them."""

    endpoint_inspector_cls = _DescribableEndpoints
