"""How hard a challenge is for a learner and what it pays: whole numbers, so that arrays and Decimals agree."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

THOUSAND = 1_000  # difficulty is counted in thousandths
HUNDRED = 100  # weights and multipliers in hundredths

EASY_BELOW = 300  # thousandths; contract of DifficultyScaler
HARD_ABOVE = 700
UNSURE_BELOW, SURE_ABOVE = 0.5, 0.8  # confidence
UNSURE_STEP, SURE_STEP = -0.2, 0.1
SAME_FOR_ALL = 500  # a type that does not scale

NO_MISTAKE_SHARE_V2 = 20  # per cent of the reward


def of_skill(skill: Floats, confidence: Floats, *, least: int, greatest: int) -> Integers:
    """Return the difficulty in thousandths: the skill, lower where it is unsure and higher where it is sure."""
    step = np.where(confidence < UNSURE_BELOW, UNSURE_STEP, np.where(confidence > SURE_ABOVE, SURE_STEP, 0.0))
    thousandths = np.rint((skill + step) * THOUSAND).astype(np.int64)
    return np.clip(thousandths, least, greatest)


def band(difficulty: Integers) -> NDArray[np.intp]:
    """Return 0 for easy, 1 for middling, 2 for hard."""
    return (difficulty >= EASY_BELOW).astype(np.intp) + (difficulty > HARD_ABOVE)


def scale_requirement(base: int, difficulty: int, *, low: int, high: int) -> int:
    """Return ``base`` × 0.7 for easy, × 1.4 for hard, rounded down, within the type's range."""
    if difficulty < EASY_BELOW:
        base = base * 7 // 10
    elif difficulty > HARD_ABOVE:
        base = base * 14 // 10
    return min(max(base, low), high)


def reward_v1(base: Any, difficulty: Any, weight: Any, multiplier: Any) -> tuple[Any, Any]:
    """Return XP ``int(base × difficulty × weight)`` and bonus ``int(base × (difficulty − 0.5) × 0.6)``, never below 0.

    Whole numbers or arrays of them: difficulty in thousandths, weight and multiplier in hundredths. Exact, as Decimal:
    75, 0.7 and 1.3 give 68 and 9.
    """
    xp = base * difficulty * weight * multiplier // (THOUSAND * HUNDRED * HUNDRED)
    above = np.maximum(difficulty - THOUSAND // 2, 0)
    bonus = base * above * 6 * multiplier // (10 * THOUSAND * HUNDRED)
    return xp, bonus


def reward_v2(base: Any, difficulty: Any, weight: Any, multiplier: Any) -> tuple[Any, Any]:
    """Return XP ``base × weight × (0.7 + 0.6 × difficulty)``, halves rounded up, and a fifth of it as bonus.

    Arguments as for `reward_v1`. It never falls when the difficulty rises.
    """
    whole = 10 * THOUSAND * HUNDRED * HUNDRED
    xp = _round_half_up(base * weight * multiplier * (7 * THOUSAND + 6 * difficulty), whole)
    return xp, _round_half_up(xp * NO_MISTAKE_SHARE_V2, HUNDRED)


def _round_half_up(numerator: Any, denominator: int) -> Any:
    return (2 * numerator + denominator) // (2 * denominator)


REWARDS = {"v1": reward_v1, "v2": reward_v2}
