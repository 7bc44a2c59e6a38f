"""What ten more questions about a topic are worth at the exam (45 questions, 38 right to pass).

One question more or less right changes the result only when the other 44 give exactly 37, so the value of a topic is
its share of the exam × P(exactly 37 of the others) × the gain that practice promises.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

QUESTIONS = 45  # theory test for class B
PASS_MARK = 38
CEILING = 0.95  # practice rarely lifts a topic above this
GAIN_PER_TEN = 0.1  # share of the way to the ceiling that ten questions go; a prior
LEAST_GAIN = 0.001  # who is above the ceiling everywhere still gets a choice
_LEAST_VARIANCE = 0.25  # the normal curve is no good at all below this


def log_value(p: Floats, shares: Floats) -> Floats:
    """Return the log of each topic's value, shape ``(n_learners, n_categories)``.

    The Poisson-binomial of the other 44 answers is taken as normal: far from the pass mark that is off by a factor,
    but by the same for all topics of a learner. The logarithm keeps the order of topics for
    learners so far from the pass mark that the value itself is 0 in a double.

    :param p: chance of a right answer today; :param shares: of the exam, sum 1.
    """
    mean, variance = others_moments(p, shares)
    distance = (PASS_MARK - 1 - mean) ** 2 / variance
    gain = np.maximum(CEILING - p, LEAST_GAIN) * GAIN_PER_TEN
    return np.log(np.maximum(shares, 1e-9) * QUESTIONS * gain) - 0.5 * (distance + np.log(2.0 * math.pi * variance))


def others_moments(p: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of the right answers among the other 44, for a question of each topic."""
    spread = p * (1.0 - p)
    mean = QUESTIONS * (p @ shares)[:, None] - p
    variance = QUESTIONS * (spread @ shares)[:, None] - spread
    return mean, np.maximum(variance, _LEAST_VARIANCE)


def poisson_binomial(chances: Sequence[float]) -> list[float]:
    """Return P(exactly k right) for k = 0 … n by convolution: exact, and too slow for a million learners."""
    distribution = [1.0]
    for chance in chances:
        missed = [(1.0 - chance) * mass for mass in distribution] + [0.0]
        right = [0.0] + [chance * mass for mass in distribution]
        distribution = [a + b for a, b in zip(missed, right, strict=True)]
    return distribution
