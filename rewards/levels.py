"""From XP to levels: arithmetic only."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FIRST_STEP = 100  # XP; the curve of the original service: int(100 · 1.5^(level − 1)) for each level from the second
DEFAULT_LEVELS = 50


@dataclass(frozen=True, slots=True, order=True)
class Threshold:
    """A level and the XP from which it holds."""

    xp_from: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where some XP stands between two levels."""

    number: int
    xp_from: int
    next_xp: int | None  # None: there is no higher level
    share: float  # of the way to the next level, 0–1; 1 at the highest


START = Threshold(xp_from=0, number=1)


def default_thresholds(count: int = DEFAULT_LEVELS) -> list[Threshold]:
    """Return the first ``count`` levels of the original curve: 0, 150, 375, 712, 1218, 1977, … XP."""
    total = 0
    found = [START]
    for number in range(2, count + 1):
        total += FIRST_STEP * 3 ** (number - 1) // 2 ** (number - 1)  # whole numbers: exact at any level
        found.append(Threshold(xp_from=total, number=number))
    return found


def crossed(before: int, after: int, thresholds: Sequence[Threshold]) -> list[int]:
    """Return the levels newly reached between two amounts of XP, lowest first; none when XP fell."""
    return [level.number for level in thresholds if before < level.xp_from <= after]


def progress(xp: int, thresholds: Sequence[Threshold]) -> Progress:
    """Return the level of ``xp`` and how far it is to the next."""
    here = _reached(xp, thresholds)
    above = bisect_right(thresholds, xp, key=_xp_from)
    if above >= len(thresholds):
        return Progress(number=here.number, xp_from=here.xp_from, next_xp=None, share=1.0)
    goal = thresholds[above].xp_from
    share = (xp - here.xp_from) / (goal - here.xp_from)
    return Progress(number=here.number, xp_from=here.xp_from, next_xp=goal, share=round(share, 4))


def disorder(thresholds: Sequence[Threshold]) -> list[int]:
    """Return the numbers of the levels that do not ask for more XP than the level before them."""
    by_number = sorted(thresholds, key=lambda level: level.number)
    return [above.number for below, above in pairwise(by_number) if above.xp_from <= below.xp_from]


def _reached(xp: int, thresholds: Sequence[Threshold]) -> Threshold:
    index = bisect_right(thresholds, xp, key=_xp_from)
    return thresholds[index - 1] if index else START


def _xp_from(level: Threshold) -> int:
    return level.xp_from
