"""How a registered source signs in: ``Authorization: Source <key>``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from learners.models import Source
from learners.services import sources

KEYWORD = "Source"
LONGEST_SECRET = 200


class SourcePrincipal:
    """Who is logged in when a source calls: nobody of the site's users, with no permission of theirs."""

    is_source = True
    is_authenticated = True
    is_anonymous = False
    is_active = True
    is_staff = False
    is_superuser = False

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pk = f"source:{source.pk}"

    def __str__(self) -> str:
        return f"source {self.source.code}"

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class SourceKeyAuthentication(BaseAuthentication):
    """Give ``request.user`` a `SourcePrincipal` and ``request.auth`` the source."""

    def authenticate(self, request: Request) -> tuple[Any, Source] | None:
        keyword, _space, secret = get_authorization_header(request).partition(b" ")
        if keyword.lower() != KEYWORD.lower().encode():
            return None
        source = sources.source_of(secret=_readable(secret.strip()))
        if source is None:
            raise AuthenticationFailed(_("This key is not known, or its source is not active."))
        return SourcePrincipal(source), source

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


def _readable(secret: bytes) -> str:
    if not secret or len(secret) > LONGEST_SECRET or not secret.isascii():
        raise AuthenticationFailed(_("This key is not known, or its source is not active."))
    return secret.decode()


class SourceKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SourceKeyAuthentication
    name = "sourceKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Source <key>`: the key that an administrator made for the source.",
        }
