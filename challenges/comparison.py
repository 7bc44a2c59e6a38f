"""Whether the personal choice does better than the rules: shares, intervals and a cautious verdict; pure.

A learner's challenges resemble one another, and learners meet both choices over time. All variances are therefore
summed by learner (a linearized ratio, as survey statistics has it), and an interval of Wilson (1927) uses the number of
independent tries that such a variance corresponds to.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z = 1.959964  # 95 %
LEAST_LEARNERS = 30  # in each arm; fewer make no normal distribution
LEAST_OF_EACH = 10  # successes and failures in each arm


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Successes among tries, and where the true share lies with 95 % certainty; null without tries."""

    tries: int
    successes: int
    learners: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two arms and their difference (first less second); numbers are null where there is too little data."""

    first: Share
    second: Share
    difference: float | None
    low: float | None
    high: float | None
    verdict: str  # better, worse, no_difference_shown or too_little_data


def compare(tries: tuple[Floats, Floats], successes: tuple[Floats, Floats]) -> Comparison:
    """Compare two arms of the same learners: each array holds a count per learner, 0 where they were not in the arm."""
    first, second = (_share(n, y) for n, y in zip(tries, successes, strict=True))
    if not all(_is_enough(arm) for arm in (first, second)):
        return Comparison(first=first, second=second, difference=None, low=None, high=None, verdict="too_little_data")
    difference = (first.share or 0.0) - (second.share or 0.0)
    residuals = _residuals(tries[0], successes[0]) - _residuals(tries[1], successes[1])
    margin = Z * sqrt(_variance(residuals, (tries[0] + tries[1]) > 0))
    low, high = difference - margin, difference + margin
    verdict = "better" if low > 0 else "worse" if high < 0 else "no_difference_shown"
    return Comparison(
        first=first,
        second=second,
        difference=round(difference, 4),
        low=round(low, 4),
        high=round(high, 4),
        verdict=verdict,
    )


def wilson(share: float, tries: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share among independent tries."""
    middle = (share + Z * Z / (2 * tries)) / (1 + Z * Z / tries)
    half = Z / (1 + Z * Z / tries) * sqrt(share * (1 - share) / tries + Z * Z / (4 * tries * tries))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _share(tries: Floats, successes: Floats) -> Share:
    n, y, learners = int(tries.sum()), int(successes.sum()), int((tries > 0).sum())
    if not n:
        return Share(tries=0, successes=0, learners=0, share=None, low=None, high=None)
    share = y / n
    variance = _variance(_residuals(tries, successes), tries > 0)
    independent = share * (1 - share) / variance if variance > 0 else float(learners)
    low, high = wilson(share, min(max(independent, 1.0), float(n)))
    return Share(tries=n, successes=y, learners=learners, share=round(share, 4), low=round(low, 4), high=round(high, 4))


def _residuals(tries: Floats, successes: Floats) -> Floats:
    n = tries.sum()
    return np.asarray((successes - tries * (successes.sum() / n)) / n)


def _variance(residuals: Floats, present: NDArray[np.bool_]) -> float:
    learners = int(present.sum())
    if learners < 2:
        return 0.0
    return float((residuals**2).sum() * learners / (learners - 1))


def _is_enough(arm: Share) -> bool:
    return arm.learners >= LEAST_LEARNERS and min(arm.successes, arm.tries - arm.successes) >= LEAST_OF_EACH
