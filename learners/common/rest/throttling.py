"""Rates per minute for reading and for writing, counted apart, per user or source (per address for visitors)."""

from hashlib import sha256
from typing import Any

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from learners.common.rest.conf import rest_settings


class _PerMinute(SimpleRateThrottle):
    def get_cache_key(self, request: Request, view: Any) -> str:
        user = request.user
        ident = user.pk if user.is_authenticated else self.get_ident(request)
        return f"gam:rest:{self.scope}:{ident}"


class ReadThrottle(_PerMinute):
    scope = "read"

    def get_rate(self) -> str:
        return f"{rest_settings().read_per_minute}/min"

    def allow_request(self, request: Request, view: Any) -> bool:
        return request.method not in SAFE_METHODS or super().allow_request(request, view)


class WriteThrottle(_PerMinute):
    scope = "write"

    def get_rate(self) -> str:
        return f"{rest_settings().write_per_minute}/min"

    def allow_request(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class LoginThrottle(_PerMinute):
    """Tries to log in under one name from one address, the good ones too: the answer must not tell them apart."""

    scope = "login"

    def get_rate(self) -> str:
        return f"{rest_settings().logins_per_minute}/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        sent: Any = request.data
        name = sha256(str(sent.get("username", "")).casefold().encode()).hexdigest()
        return f"gam:rest:{self.scope}:{self.get_ident(request)}:{name}"
