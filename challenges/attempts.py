"""Trying a choice that may fail or take too long, and finding those whom it fails; no ORM."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from challenges.errors import ChallengesError

Indices = NDArray[np.intp]
Result = TypeVar("Result")

FIRST_SECONDS = 0.06  # leaves the rules forty of the hundred milliseconds in which a learner has challenges
SECONDS_PER_LEARNER = 0.000_5  # fifty times what the choice takes
MOST_FAULTY = 8  # parts that may fail; then the rest is left to the rules whole

logger = logging.getLogger(__name__)


class TooSlow(ChallengesError):
    """The time that a choice may take is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """For whom a choice failed, and how."""

    rows: Indices
    error: Exception

    @property
    def line(self) -> str:
        return f"{type(self.error).__name__}: {str(self.error).partition(chr(10))[0]}"


def budget(n_learners: int) -> float:
    """Return how many seconds the personal choice of so many learners may take."""
    return FIRST_SECONDS + n_learners * SECONDS_PER_LEARNER


def attempts(
    work: Callable[[Indices], Result], rows: Indices, *, seconds: float | None = None
) -> Iterator[tuple[Indices, Result | Failure]]:
    """Do ``work`` for ``rows``; where it raises, find the learners who are to blame by halving.

    What takes too long is not tried again: the time that is left belongs to the rules. Without ``seconds`` there is no
    limit.
    """
    until, faults, parts = time.monotonic() + (seconds or 0.0), 0, [rows] if len(rows) else []
    while parts:
        part = parts.pop()
        try:
            yield part, work(part) if seconds is None else within(until - time.monotonic(), work, part)
        except TooSlow as error:
            for late in (part, *reversed(parts)):
                yield late, _failure(late, error)
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, a learner shall have challenges
            if len(part) > 1 and faults < MOST_FAULTY:
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
            else:
                faults += 1
                yield part, _failure(part, error)


def within(seconds: float, work: Callable[..., Result], *arguments: Any) -> Result:
    """Return what ``work`` returns if it takes no longer; what comes later is thrown away.

    The work must be pure: nobody stops it, and what it would have changed must not matter.

    :raises TooSlow: if it takes longer.
    """
    box: list[Result | Exception] = []

    def run() -> None:
        try:
            box.append(work(*arguments))
        except Exception as error:  # noqa: BLE001 - raised again in the caller's thread
            box.append(error)

    thread = Thread(target=run, name="personal-choice", daemon=True)
    thread.start()
    thread.join(max(seconds, 0.0))
    if not box:
        raise TooSlow(f"The personal choice took longer than {seconds:.3f} s.")
    if isinstance(box[0], Exception):
        raise box[0]
    return box[0]


def _failure(rows: Indices, error: Exception) -> Failure:
    failure = Failure(rows=rows, error=error)
    logger.error("A choice of challenges failed for %d learners: %s", len(rows), failure.line, exc_info=error)
    return failure
