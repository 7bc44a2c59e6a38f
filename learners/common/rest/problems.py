"""Errors as problem+json (RFC 9457): one shape for every refusal, in the reader's language, without stack traces."""

import logging
import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from learners.common.errors import Flaw, GamificationError, Text
from learners.common.rest.parsing import BodyTooLarge, MalformedJson

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2  # after a deadlock or a lost connection
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

logger = logging.getLogger("gamification.rest")


class Unavailable(GamificationError):
    status = 503
    code = "unavailable"
    title = _("The service is busy; try again shortly.")


class BadQuery(GamificationError):
    code = "bad-query"
    title = _("The address has a parameter that is not understood.")


class Invalid(GamificationError):
    """What was sent has flaws; each is named with a pointer."""

    code = "invalid"
    title = _("Some values are not valid.")


class _Unexpected(GamificationError):
    status = 500
    code = "internal-error"
    title = _("Something went wrong on our side.")


_REST_TITLES: dict[type[exceptions.APIException], tuple[str, Text]] = {
    exceptions.NotAuthenticated: ("not-authenticated", _("Please log in.")),
    exceptions.AuthenticationFailed: ("authentication-failed", _("The credentials are not valid.")),
    exceptions.PermissionDenied: ("forbidden", _("You may not do this.")),
    exceptions.NotFound: ("not-found", _("There is no such thing.")),
    exceptions.MethodNotAllowed: ("method-not-allowed", _("This address does not take this method.")),
    exceptions.NotAcceptable: ("not-acceptable", _("The answer is not available in the form asked for.")),
    exceptions.UnsupportedMediaType: ("unsupported-media-type", _("Send application/json in UTF-8.")),
    exceptions.Throttled: ("throttled", _("Too many requests; try again later.")),
}


def request_id(request: Request) -> str:
    """Return the id under which this request is logged: the caller's X-Request-ID if it is sane, or a new one."""
    known = getattr(request, "_gamification_id", None)
    if known is None:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        known = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request._gamification_id = known  # type: ignore[attr-defined]
    return str(known)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer ``error`` as problem+json; DRF's exception handler for our views only.

    With DEBUG on an unexpected error goes on to Django's page for developers.
    """
    request: Request = context["request"]
    set_rollback()
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("database unavailable, request %s", request_id(request), exc_info=error)
        return problem(Unavailable(retry_after=RETRY_SECONDS), request=request)
    if isinstance(error, RequestDataTooBig):
        return problem(BodyTooLarge(), request=request)
    if isinstance(error, GamificationError):
        return problem(error, request=request)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, DjangoPermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.ValidationError):
        return problem(invalid(error.detail), request=request)
    if isinstance(error, exceptions.ParseError):
        return problem(MalformedJson(), request=request)
    if isinstance(error, exceptions.APIException):
        return _from_rest(error, request)
    if settings.DEBUG:
        return None
    logger.error("unexpected error, request %s", request_id(request), exc_info=error)
    got_request_exception.send(sender=type(context.get("view")), request=request._request)
    return problem(_Unexpected(), request=request)


def problem(error: GamificationError, *, request: Request) -> Response:
    """Return the answer that says ``error``."""
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    detail = str(error.detail or error.title)
    return _response(request, error.status, error.code, str(error.title), detail, error.flaws, headers)


def invalid(detail: Any, *, prefix: str = "") -> Invalid:
    """Return the error that says DRF's ``ValidationError.detail`` with a pointer per flaw."""
    return with_flaws(list(_flaws(detail, prefix)))


def with_flaws(flaws: list[Flaw]) -> Invalid:
    """Return an error with ``flaws``; its code is theirs where they agree on one that programs should know."""
    error = Invalid(flaws=flaws)
    codes = {flaw.code for flaw in flaws}
    if len(codes) == 1 and codes <= _TELLING:
        error.code = codes.pop()  # type: ignore[misc]
    return error


_TELLING = frozenset({"unknown-field", "bad-text", "offset-required", "bad-date", "name-not-allowed", "duplicate-id"})


def _flaws(detail: Any, pointer: str) -> Iterator[Flaw]:
    if isinstance(detail, dict):
        for key, part in detail.items():
            yield from _flaws(part, pointer if key == "non_field_errors" else f"{pointer}/{_escaped(str(key))}")
    elif isinstance(detail, list):
        for index, part in enumerate(detail):
            yield from _flaws(part, pointer if isinstance(part, str) else f"{pointer}/{index}")
    else:
        code = getattr(detail, "code", None) or "invalid"
        yield Flaw(pointer, str(code).replace("_", "-"), str(detail))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _from_rest(error: exceptions.APIException, request: Request) -> Response:
    code, title = next(
        (pair for kind, pair in _REST_TITLES.items() if isinstance(error, kind)), ("error", _("The request failed."))
    )
    own = error.get_codes()
    if isinstance(error, exceptions.PermissionDenied) and isinstance(own, str) and own != error.default_code:
        code, title = own, str(error.detail)
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(error.auth_header)  # type: ignore[attr-defined]
    if getattr(error, "wait", None) is not None:  # Throttled: seconds
        headers["Retry-After"] = str(int(error.wait) + 1)  # type: ignore[attr-defined]
    return _response(request, error.status_code, code.replace("_", "-"), str(title), str(title), (), headers)


def _response(
    request: Request,
    status: int,
    code: str,
    title: str,
    detail: str,
    flaws: tuple[Flaw, ...],
    headers: dict[str, str],
) -> Response:
    body: dict[str, Any] = {
        "type": f"urn:gamification:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        "request_id": request_id(request),
        "errors": [{"pointer": flaw.pointer, "code": flaw.code, "detail": str(flaw.detail)} for flaw in flaws],
    }
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)
