"""Which topics are due for review: those remembered less than is desired, by the forgetting curve of FSRS-6.

A topic's stability is the estimate's own (it fades more slowly than one card); the curve and the retention desired are
those of the `fsrs` library.
"""

import numpy as np
from fsrs import Scheduler
from numpy.typing import NDArray

from learners.api import elo

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_SCHEDULER = Scheduler(enable_fuzzing=False)
DESIRED_RETENTION: float = _SCHEDULER.desired_retention
DECAY: float = _SCHEDULER.parameters[20]
FACTOR: float = 0.9 ** (-1.0 / DECAY) - 1.0  # recall is .9 after one stability
INTERVAL = (DESIRED_RETENTION ** (-1.0 / DECAY) - 1.0) / FACTOR  # until a review, in stabilities

DUE_BOOST = 2.0  # outweighs that the topic came once in the last week


def stability(n: Integers) -> Floats:
    """Return days until recall of a topic answered ``n`` times is .9; as `elo.stability_days`, for arrays."""
    growth = 1.0 + n / elo.ANSWERS_PER_FIRST_STABILITY
    return np.asarray(np.minimum(elo.FIRST_STABILITY_DAYS * growth, elo.MOST_STABILITY_DAYS))


def recall(days: Floats, n: Integers) -> Floats:
    """Return the share still known ``days`` after the last of ``n`` answers."""
    return np.asarray((1.0 + FACTOR * days / stability(n)) ** -DECAY)


def is_due(days: Floats, n: Integers) -> NDArray[np.bool_]:
    """Say which topics were known and are remembered too little today.

    Compares days instead of recalls: the power is slow for a million learners.
    """
    return np.asarray((n > 0) & (days > stability(n) * INTERVAL) & np.isfinite(days))
