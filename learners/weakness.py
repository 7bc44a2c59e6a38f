"""Which categories deserve practice: a posterior for each, and when it says "weak".

Arrays of any one shape go in and come out, so that one learner and a million share the code. A category is weak when
P(p < .85) > .8 under a Beta posterior faded to today (docs/decisions; normal approximation of the Beta).
"""

import numpy as np
from numpy.typing import NDArray

from learners import elo

TARGET = 0.85  # a learner at 85 % in every topic passes 64 % of exams: below this there is something to gain
PRIOR_ANSWERS = 12.0  # weight of the estimate itself, in answers
_Z_80 = 0.8416  # 80th percentile of the standard normal
_Z_95 = 1.6449

Floats = NDArray[np.float64]


def recall(days: Floats, n: Floats) -> Floats:
    """Return the share still known ``days`` after the last of ``n`` answers; as `elo.recall`, for arrays."""
    growth = 1.0 + n / elo.ANSWERS_PER_FIRST_STABILITY
    stability = np.minimum(elo.FIRST_STABILITY_DAYS * growth, elo.MOST_STABILITY_DAYS)
    return np.asarray((1.0 + elo.FACTOR * np.maximum(days, 0.0) / stability) ** -elo.DECAY)


def posterior(p: Floats, n: Floats, days: Floats) -> tuple[Floats, Floats]:
    """Return mean (0–1) and strength (in answers) of the chance of a right answer today.

    :param p: estimate at the last answer; :param n: answers so far; :param days: days since the last one.
    """
    kept = recall(days, n)
    mean = np.where(p > elo.GUESS, elo.GUESS + (p - elo.GUESS) * kept, p)
    return mean, PRIOR_ANSWERS + n * kept


def deviation(mean: Floats, strength: Floats) -> Floats:
    """Return the standard deviation of a Beta posterior with that mean and strength."""
    return np.sqrt(mean * (1.0 - mean) / (strength + 1.0))


def is_weak(mean: Floats, strength: Floats) -> NDArray[np.bool_]:
    """Say where P(p < .85) > .8."""
    return (TARGET - mean) > _Z_80 * deviation(mean, strength)


def confidence(mean: Floats, strength: Floats) -> Floats:
    """Return 1 − the width of the 90 % interval, 0–1."""
    return np.clip(1.0 - 2.0 * _Z_95 * deviation(mean, strength), 0.0, 1.0)
