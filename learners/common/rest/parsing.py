"""A JSON parser that refuses what databases, clocks and recursion would choke on, the same on every database."""

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import IO, Any, NoReturn

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from learners.common.errors import GamificationError
from learners.common.rest.conf import rest_settings

DEEPEST = 32  # brackets within brackets; Python's own limit moves with its version
LONGEST_NUMBER = 19  # digits of 2**63 - 1, the largest whole number a database column holds

# The closing quote is optional and the repetition possessive: without both, a run of \" takes quadratic time.
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_BAD_TEXT = re.compile("[\x00\ud800-\udfff]")


class MalformedJson(GamificationError):
    code = "malformed-json"
    title = _("The body is not valid JSON.")


class TooDeep(GamificationError):
    code = "too-deep"
    title = _("The body nests too deeply.")


class BodyTooLarge(GamificationError):
    status = 413
    code = "body-too-large"
    title = _("The body is too large.")


class BadText(GamificationError):
    code = "bad-text"
    title = _("A text contains characters that cannot be stored.")


class StrictJSONParser(BaseParser):
    """Parse UTF-8 JSON; duplicate keys, endless numbers, NUL and lone surrogates are refused."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        _check_charset(media_type or "")
        limit = rest_settings().body_limit_bytes
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise BodyTooLarge
        return loads(body)


def loads(body: bytes) -> Any:
    """Return the values in ``body``.

    :raises MalformedJson: if it is not JSON, repeats a key or holds a number that no column holds.
    :raises TooDeep: if brackets nest deeper than 32.
    :raises BadText: if a text holds NUL or a lone surrogate.
    """
    _check_depth(body)
    try:
        value = _decoder.decode(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError) as error:
        raise MalformedJson(str(error)) from None
    if b"\\u" in body:  # both can only come in as escapes: raw ones are no JSON or no UTF-8
        _check_texts(value)
    return value


def is_bad_text(text: str) -> bool:
    """Say whether ``text`` holds NUL or a lone surrogate, which PostgreSQL or UTF-8 refuses."""
    return _BAD_TEXT.search(text) is not None


def _check_charset(media_type: str) -> None:
    for parameter in media_type.split(";")[1:]:
        name, _sign, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(' "').lower() not in {"utf-8", "utf8"}:
            raise UnsupportedMediaType(media_type)


def _check_depth(body: bytes) -> None:
    depth = 0
    for bracket in _STRINGS.sub(b"", body).translate(None, delete=_NO_BRACKET):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise TooDeep


def _check_texts(value: Any) -> None:
    if isinstance(value, str):
        if is_bad_text(value):
            raise BadText
    elif isinstance(value, list):
        for part in value:
            _check_texts(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            _check_texts(key)
            _check_texts(part)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key is given twice in one object.")
    return found


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("A number is too large.")
    return value


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_NUMBER:
        raise ValueError("A number is too long.")
    return int(text)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON.")


_decoder = json.JSONDecoder(
    object_pairs_hook=_unique_keys, parse_float=_finite, parse_int=_whole, parse_constant=_refuse
)
