"""Files of answers: ``learner_id,item_id,category_id,correct`` and, where known, ``occurred_at`` in seconds; pure.

A learner's rows stand in time order. What cannot be used is answered by its line number and a reason, never guessed.
"""

import csv
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NEEDED = ("learner_id", "item_id", "category_id", "correct")
OPTIONAL = ("occurred_at",)
LONGEST_LEARNER = 150
LONGEST_ITEM = 64
LONGEST_CATEGORY = 60
_CODE = re.compile(r"[-a-zA-Z0-9_]+")
_RIGHT = {"1": True, "0": False, "true": True, "false": False, "True": True, "False": False}


class WrongColumns(ValueError):
    """The first line does not name the columns of a file of answers."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer; ``line`` counts from 1 and the header is line 1."""

    line: int
    learner: str
    item: str | None
    category: str | None
    correct: bool
    seconds: float | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used, and why."""

    line: int
    reason: str


def read(lines: Iterable[str]) -> Iterator[AnswerLine | BadLine]:
    """Yield every line of a file after its header; empty lines are passed over.

    :raises WrongColumns: if the header lacks a column or has one that is unknown.
    """
    numbered = enumerate(lines, start=1)
    names = _header(next(numbered, (1, ""))[1])
    places = {name: index for index, name in enumerate(names)}
    learner, item, category, correct = (places[name] for name in NEEDED)
    occurred = places.get("occurred_at")
    width = len(names)
    for number, line in numbered:
        text = line.rstrip("\r\n")
        if not text:
            continue
        try:
            cells = _cells(text)
        except csv.Error as error:
            yield BadLine(number, f"not readable as CSV: {error}")
            continue
        if len(cells) != width:
            yield BadLine(number, f"{len(cells)} cells instead of {width}")
            continue
        seconds = cells[occurred] if occurred is not None else None
        yield _checked(number, cells[learner], cells[item], cells[category], cells[correct], seconds)


def _cells(text: str) -> list[str]:
    """Return the cells of one line; read line by line, a quote that is never closed spoils no other line."""
    return next(csv.reader([text], strict=True)) if '"' in text else text.split(",")


def _header(line: str) -> list[str]:
    names = [name.strip(' "') for name in line.lstrip("\ufeff").rstrip("\r\n").split(",")]
    wanted = ",".join(NEEDED)
    if sorted(set(names)) != sorted(names) or not set(NEEDED) <= set(names) or set(names) - {*NEEDED, *OPTIONAL}:
        found = ",".join(names)[:200] or "nothing"
        raise WrongColumns(f"The columns must be {wanted} and may have {OPTIONAL[0]}; the first line has {found}.")
    return names


def _checked(
    line: int, learner: str, item: str, category: str, correct: str, occurred: str | None
) -> AnswerLine | BadLine:
    right = _RIGHT.get(correct)
    if right is None:
        return BadLine(line, f"correct is {correct[:20]!r}, not 0 or 1")
    reason = _flaw(learner, item, category)
    if reason:
        return BadLine(line, reason)
    seconds = None
    if occurred:
        try:
            seconds = float(occurred)
        except ValueError:
            seconds = math.nan
        if not math.isfinite(seconds):
            return BadLine(line, f"occurred_at is {occurred[:20]!r}, not a number of seconds")
    return AnswerLine(line, learner, item or None, category or None, right, seconds)


def _flaw(learner: str, item: str, category: str) -> str:
    if not 0 < len(learner) <= LONGEST_LEARNER:
        return f"learner_id has {len(learner)} characters, not 1 to {LONGEST_LEARNER}"
    if len(item) > LONGEST_ITEM:
        return f"item_id has {len(item)} characters, more than {LONGEST_ITEM}"
    if category and not (_CODE.fullmatch(category) and len(category) <= LONGEST_CATEGORY):
        return f"category_id {category[:20]!r} is not a code of letters, digits, - and _"
    if not (learner.isascii() and item.isascii()) and not _is_text(learner + item):
        return "not UTF-8"
    if "\0" in learner or "\0" in item:
        return "a NUL character"
    return ""


def _is_text(text: str) -> bool:
    """Say whether ``text`` has no bytes that were smuggled through decoding (surrogates)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
