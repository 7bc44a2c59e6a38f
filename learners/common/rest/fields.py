"""Serializer fields that take one type and no look-alikes, and serializers that know all their fields."""

import re
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

EARLIEST_YEAR, LATEST_YEAR = 1970, 2200
_INSTANT = re.compile(
    r"(\d{4})-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII | re.IGNORECASE
)


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses fields it does not know or does not take."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            takes = {name for name, field in self.fields.items() if not field.read_only}
            unknown = {name: [self._unknown()] for name in data if name not in takes}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)

    @staticmethod
    def _unknown() -> serializers.ErrorDetail:
        return serializers.ErrorDetail(gettext("Unknown field."), code="unknown-field")


class TextField(serializers.CharField):
    """A text; numbers and booleans are not turned into one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class WholeNumberField(serializers.IntegerField):
    """A JSON whole number; no boolean, no fraction, no text. Give it its bounds."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return data


class NumberField(serializers.FloatField):
    """A JSON number; no boolean and no text."""

    def to_internal_value(self, data: Any) -> float:
        if type(data) not in (int, float):
            self.fail("invalid")
        return float(data)


class TruthField(serializers.BooleanField):
    """true or false; not "yes", not 1."""

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class InstantField(serializers.DateTimeField):
    """An ISO 8601 instant with its offset from UTC; a time without one names no instant."""

    default_error_messages = {
        "offset-required": _("Give the offset from UTC, e.g. 2027-03-28T12:00:00+02:00 or …Z."),
        "bad-date": _("This is no instant of the calendar in a sensible year."),
    }

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str):
            self.fail("bad-date")
        value = instant(data)
        if isinstance(value, str):
            self.fail(value)
        return value


def instant(text: str) -> datetime | str:
    """Return the instant that ``text`` names in UTC, or the code of what is wrong with it."""
    match = _INSTANT.fullmatch(text)
    if match is None or not EARLIEST_YEAR <= int(match[1]) <= LATEST_YEAR:
        return "bad-date"
    if match[4] is None:
        return "offset-required"
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except ValueError:
        return "bad-date"
