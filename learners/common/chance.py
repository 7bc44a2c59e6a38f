"""Repeatable chance: blake2b of (purpose, learner, day, version) gives the same draw on any machine."""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

MOST_DRAWS = 8  # a blake2b digest has 64 bytes, a draw takes eight
_MANTISSA_BITS = 53  # as many bits as a double holds exactly


def uniforms(
    *, purpose: str, learner_ids: Sequence[int] | NDArray[np.int64], day: date, version: str, draws: int = 1
) -> NDArray[np.float64]:
    """Return draws in [0, 1), shape ``(n_learners, draws)``; a learner's draws do not depend on who else is asked.

    :raises ValueError: if more than eight draws are asked for.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"draws must be 1 to {MOST_DRAWS}, not {draws}")
    start = blake2b(f"{purpose}|{day.isoformat()}|{version}|".encode())
    digests = bytearray()
    for learner_id in learner_ids:
        digest = start.copy()
        digest.update(b"%d" % learner_id)
        digests += digest.digest()
    words = np.frombuffer(bytes(digests), dtype="<u8").reshape(-1, MOST_DRAWS)[:, :draws]
    return (words >> np.uint64(64 - _MANTISSA_BITS)).astype(np.float64) / float(1 << _MANTISSA_BITS)


def uniform(*, purpose: str, learner_id: int, day: date, version: str) -> float:
    """Return one draw in [0, 1); the first of what `uniforms` gives this learner."""
    return float(uniforms(purpose=purpose, learner_ids=[learner_id], day=day, version=version)[0, 0])
