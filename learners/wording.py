"""Words with numbers in them, in nb, nn and en; pure.

A text has slots: ``{n}`` writes a number or a word, ``{n|dag|dager}`` chooses by the number in slot ``n`` as CLDR does
for our languages: one for 1, other for everything else, 0 included.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from learners.common.languages import ours

Value = str | int | float | Decimal

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
MOST_DECIMALS = 2
GROUPED_FROM = 10_000  # four digits stand together in all three languages (Språkrådet)

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}|]*)\|([^{}|]*))?\}")
_NORWEGIAN = str.maketrans({",": NO_BREAK_SPACE, ".": ","})
_PERCENT = re.compile(rf"^[ {NO_BREAK_SPACE}]?%")


class WordingError(ValueError):
    """A text cannot be said: a slot is unknown, empty or written wrongly."""


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    one: str | None = None  # None: the slot writes its value
    other: str | None = None


def render(text: str, slots: Mapping[str, Value | None], language: str) -> str:
    """Return ``text`` with its slots filled, numbers written as ``language`` does (English for a stranger's).

    A per cent sign after a slot follows a no-break space in Norwegian and no space in English. Slots that the text
    does not have are left alone.

    :raises WordingError: if a slot is missing, empty or malformed; a text is never shown half.
    """
    code = ours(language) or "en"
    return "".join(_say(part, slots, code) for part in _parsed(text, code))


def slots_of(text: str) -> frozenset[str]:
    """Return the names of the slots in ``text``.

    :raises WordingError: if a brace belongs to no slot.
    """
    return frozenset(part.name for part in _parsed(text, "en") if isinstance(part, _Slot))


def number(value: int | float | Decimal, language: str) -> str:
    """Return ``value`` with at most two decimals as ``language`` writes it: 12 345,6 or 12,345.6.

    :raises WordingError: if it is not finite.
    """
    return _number(value, ours(language) or "en")


@lru_cache(maxsize=2048)
def _parsed(text: str, code: str) -> tuple[str | _Slot, ...]:
    parts: list[str | _Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        parts.append(_literal(text[end : match.start()], code, after_slot=end > 0))
        parts.append(_Slot(*match.groups()))
        end = match.end()
    parts.append(_literal(text[end:], code, after_slot=end > 0))
    return tuple(part for part in parts if part)


def _literal(text: str, code: str, *, after_slot: bool) -> str:
    if "{" in text or "}" in text:
        raise WordingError(f"A brace belongs to no slot in {text!r}.")
    if not after_slot:
        return text
    return _PERCENT.sub("%" if code == "en" else f"{NO_BREAK_SPACE}%", text)


def _say(part: str | _Slot, slots: Mapping[str, Value | None], code: str) -> str:
    if isinstance(part, str):
        return part
    value = slots.get(part.name)
    if value is None or value == "":
        raise WordingError(f"The slot {part.name!r} is not filled.")
    if isinstance(value, str):
        if part.one is not None:
            raise WordingError(f"The slot {part.name!r} chooses a form and needs a number, not {value!r}.")
        return value
    said = _number(value, code)
    if part.one is None or part.other is None:
        return said
    return part.one if said.lstrip(f"-{MINUS}") == "1" else part.other


def _number(value: object, code: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        raise WordingError(f"{value!r} is not a number that can be said.")
    size = abs(value)
    plain = f"{size:,.{MOST_DECIMALS}f}" if not isinstance(size, int) else f"{size:,d}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if len(plain.partition(".")[0]) < len(f"{GROUPED_FROM:,}"):
        plain = plain.replace(",", "")
    if code != "en":
        plain = plain.translate(_NORWEGIAN)
    sign = "" if value >= 0 or plain == "0" else ("-" if code == "en" else MINUS)
    return f"{sign}{plain}"
