"""The base of every view of ours. All that differs from the host's REST_FRAMEWORK is set here, and nothing there."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from learners.common.rest import problems
from learners.common.rest.conf import rest_settings
from learners.common.rest.paging import SignedCursorPagination
from learners.common.rest.parsing import BodyTooLarge, StrictJSONParser, is_bad_text
from learners.common.rest.schema import GamificationSchema
from learners.common.rest.throttling import ReadThrottle, WriteThrottle

_accepted: list[type[BaseAuthentication]] = []


def accept(kind: type[BaseAuthentication]) -> None:
    """Let ``kind`` sign requests to every view of ours, after the host's own; called in AppConfig.ready."""
    if kind not in _accepted:
        _accepted.append(kind)


class ProblemView(APIView):
    """What any view of ours does with a request before and an answer after it; mix it in first.

    A query parameter that is not in ``query_fields`` is refused.
    """

    query_fields: ClassVar[tuple[str, ...]] = ()
    paging_fields: ClassVar[frozenset[str]] = frozenset()

    parser_classes = (StrictJSONParser,)
    renderer_classes = (JSONRenderer,)
    versioning_class = None
    schema = GamificationSchema()

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response | None]:
        return problems.handle

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        _check_size(request)
        _check_address(request, kwargs, self.paging_fields.union(self.query_fields))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        answer.headers["X-Request-ID"] = problems.request_id(request)
        return answer


class GamificationViewSet(ProblemView, GenericViewSet[Any]):
    """Mix it in first: ``class ChallengeViewSet(GamificationViewSet, viewsets.ReadOnlyModelViewSet)``.

    Who is logged in is decided by the host's authentication classes, and by those that were accepted after them. A
    query parameter that is neither paging nor in ``query_fields`` is refused.
    """

    paging_fields = frozenset({"cursor", "page_size"})

    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated,)
    throttle_classes: Sequence[type[BaseThrottle]] = (ReadThrottle, WriteThrottle)
    pagination_class: type[BasePagination] | None = SignedCursorPagination
    filter_backends = ()

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [*super().get_authenticators(), *(kind() for kind in _accepted)]

    def get_authenticate_header(self, request: Request) -> str:
        """Name the first scheme that has a name, so that a visitor gets 401 also where sessions come first."""
        headers = (authenticator.authenticate_header(request) for authenticator in self.get_authenticators())
        return next((header for header in headers if header), "Session")


def _check_size(request: Request) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > rest_settings().body_limit_bytes:
        raise BodyTooLarge


def _check_address(request: Request, kwargs: dict[str, Any], known: frozenset[str]) -> None:
    if any(isinstance(value, str) and is_bad_text(value) for value in kwargs.values()):
        raise NotFound
    for name, values in request.query_params.lists():
        if name not in known or len(values) != 1 or is_bad_text(values[0]):
            raise problems.BadQuery


class NowhereView(ProblemView):
    """Answer what is unknown under our address like any other refusal, instead of by the host's page."""

    schema = None  # type: ignore[assignment]  # Django REST framework's word for "not described"
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound
