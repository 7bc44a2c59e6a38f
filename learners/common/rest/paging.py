"""Pages by signed cursor: constant cost on any page, and no cursor that we did not hand out to this reader."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from learners.common.rest.conf import rest_settings
from learners.common.rest.problems import BadQuery


class SignedCursorPagination(CursorPagination):
    """Pages of up to 100 rows, newest first unless the view sets ``ordering``, which must end in a unique field."""

    ordering = "-id"
    page_size_query_param = "page_size"
    _salt = ""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering = getattr(view, "ordering", None) or self.ordering
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)

    def get_page_size(self, request: Request) -> int:
        settings = rest_settings()
        text = request.query_params.get(self.page_size_query_param)
        if text is None:
            return settings.page_size
        if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= settings.page_size_limit):
            limit = settings.page_size_limit
            raise BadQuery(gettext("page_size must be a whole number from 1 to %(limit)s.") % {"limit": limit})
        return int(text)

    def decode_cursor(self, request: Request) -> Cursor | None:
        self._salt = f"gamification.cursor:{request.path}:{request.user.pk}"
        encoded = request.query_params.get(self.cursor_query_param)
        if encoded is None:
            return None
        try:
            offset, reverse, position = signing.loads(encoded, salt=self._salt)
        except (signing.BadSignature, ValueError):
            raise BadQuery(gettext("This cursor is not one that was handed out here.")) from None
        return Cursor(offset=offset, reverse=reverse, position=position)

    def encode_cursor(self, cursor: Cursor) -> str:
        signed = signing.dumps([cursor.offset, cursor.reverse, cursor.position], salt=self._salt)
        return str(replace_query_param(self.base_url or "", self.cursor_query_param, signed))
