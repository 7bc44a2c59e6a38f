"""How likely a challenge is completed, and how much to ask so that it is likely enough but not certain."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from challenges import difficulty
from challenges.rules import TypeRule

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

BAND_LOW, BAND_HIGH = 0.55, 0.85  # chance of completion that teaches: neither given nor hopeless
BAND_MIDDLE = 0.70

P_STEPS = 100  # chances of a right answer are looked up in steps of .01
SUREST = 0.99  # nobody is certain; with 1.0 every demand would be equally easy
VOLUMES = np.array([3.0, 4.0, 6.0, 8.0, 11.0, 15.0, 20.0, 28.0, 40.0, 60.0, 90.0])  # answers on a day of practice
WINDOW_DAYS = 28  # how far back a learner's volume is counted
PRIOR_VOLUME = 20.0  # two rounds of ten, until the learner's own days are known
PRIOR_VOLUME_DAYS = 3.0
PRIOR_ACTIVE_SHARE = 0.4  # of days; weekly habits of 2–4 days are typical
PRIOR_ACTIVE_DAYS = 5.0
TRIES = 2  # rounds that a learner tries on a day where answers must be right
WEEK = 7

LEAST_SHARE_RIGHT = 0.6  # an accuracy challenge never asks for less
SPEED_SHARE_RIGHT = 0.8
SECONDS_PER_QUESTION = 45  # the exam gives two minutes
IN_TIME = 0.9  # share of tries that keep the time, until times are measured

_BANDS = (difficulty.EASY_BELOW - 1, 500, difficulty.HARD_ABOVE + 1)  # one difficulty of each band


def daily_volume(answers: Floats, active_days: Floats) -> Floats:
    """Return answers on a day of practice, drawn towards the prior while few days are known."""
    return (answers + PRIOR_VOLUME * PRIOR_VOLUME_DAYS) / (active_days + PRIOR_VOLUME_DAYS)


def volume_bin(volume: Floats) -> NDArray[np.intp]:
    """Return the index of the nearest of `VOLUMES`, by ratio."""
    edges = np.sqrt(VOLUMES[1:] * VOLUMES[:-1])
    return np.asarray(np.searchsorted(edges, volume))


def p_bin(p: Floats) -> NDArray[np.intp]:
    return np.asarray(np.rint(p * P_STEPS).astype(np.intp))


def reach(n: Floats | Integers | int, volume: Floats) -> Floats:
    """Return P(at least ``n`` answers) on a day of practice: geometric, with mean ``volume``."""
    return np.asarray((1.0 - 1.0 / volume) ** (n - 1))


def within_tries(chance: Floats) -> Floats:
    """Return P(success in one of a day's tries), given the chance of each."""
    return np.asarray(1.0 - (1.0 - chance) ** TRIES)


def flawless(n: Floats | Integers | int, p: Floats) -> Floats:
    """Return P(a faultless round of ``n``) within the tries of a day."""
    return within_tries(np.asarray(p**n))


def at_least(right: int, n: int, p: Floats) -> Floats:
    """Return P(``right`` or more of ``n``), the upper tail of the binomial."""
    tail = np.zeros_like(p)
    for k in range(right, n + 1):
        tail += _choose(n, k) * p**k * (1.0 - p) ** (n - k)
    return np.minimum(tail, 1.0)


def speed_target(n: int) -> tuple[int, int]:
    """Return right answers and minutes that a speed challenge of ``n`` questions asks."""
    return -(-n * int(SPEED_SHARE_RIGHT * 10) // 10), -(-n * SECONDS_PER_QUESTION // 60)


def days_practised(needed: int, share: Floats, *, in_a_row: bool) -> Floats:
    """Return P(practice on ``needed`` days of the next seven), each day with chance ``share``."""
    if not in_a_row:
        return at_least(needed, WEEK, share)
    runs = np.zeros((needed + 1, *share.shape))  # by length of the run under way; the last one has made it
    runs[0] = 1.0
    for _ in range(WEEK):
        moved = np.zeros_like(runs)
        moved[0] = runs[:needed].sum(axis=0) * (1.0 - share)
        moved[1:] = runs[:needed] * share
        moved[needed] += runs[needed]
        runs = moved
    return np.asarray(runs[needed])


@lru_cache(maxsize=32)
def tables(types: tuple[TypeRule, ...]) -> "Tables":
    """Return what to ask of whom, for the types as they are now."""
    return Tables(types)


class Tables:
    """Requirement and chance of completion by difficulty band, chance of a right answer, and daily volume.

    ``requirement``, ``right`` and ``chance`` have the shape ``(3, 101, n_volumes, n_types)``; streaks depend on active
    days alone: ``streak_requirement`` and ``streak_chance`` have the shape ``(29, n_types)``.
    """

    def __init__(self, types: tuple[TypeRule, ...]) -> None:
        shape = (len(_BANDS), P_STEPS + 1, len(VOLUMES), len(types))
        self.requirement = np.ones(shape, dtype=np.int16)
        self.right = np.zeros(shape, dtype=np.int16)
        self.chance = np.zeros(shape)
        self.streak_requirement = np.ones((WINDOW_DAYS + 1, len(types)), dtype=np.int16)
        self.streak_chance = np.zeros((WINDOW_DAYS + 1, len(types)))
        for index, rule in enumerate(types):
            if rule.code == "streak":
                self._fill_streak(index, rule)
            else:
                for number, level in enumerate(_BANDS):
                    self._fill(number, index, rule, level)

    def _fill(self, number: int, index: int, rule: TypeRule, level: int) -> None:
        low, high = rule.low, rule.high
        if rule.scales:
            low = difficulty.scale_requirement(rule.low, level, low=rule.low, high=rule.high)
            high = difficulty.scale_requirement(rule.high, level, low=rule.low, high=rule.high)
        p = np.minimum(np.linspace(0.0, 1.0, P_STEPS + 1), SUREST)[:, None]
        options = [option for n in range(low, high + 1) for option in _options(rule.code, n, p, VOLUMES[None, :])]
        best = _nearest(np.stack([np.broadcast_to(chance, self.chance.shape[1:3]) for _, _, chance in options]))
        self.requirement[number, :, :, index] = np.array([n for n, _, _ in options])[best]
        self.right[number, :, :, index] = np.array([right for _, right, _ in options])[best]
        stacked = np.stack([np.broadcast_to(chance, best.shape) for _, _, chance in options])
        self.chance[number, :, :, index] = np.take_along_axis(stacked, best[None], axis=0)[0]

    def _fill_streak(self, index: int, rule: TypeRule) -> None:
        days = np.arange(WINDOW_DAYS + 1, dtype=float)
        share = (days + PRIOR_ACTIVE_SHARE * PRIOR_ACTIVE_DAYS) / (WINDOW_DAYS + PRIOR_ACTIVE_DAYS)
        needed = np.arange(min(rule.low, WEEK), min(rule.high, WEEK) + 1)
        chances = np.stack([days_practised(int(n), share, in_a_row=rule.days_in_a_row) for n in needed])
        best = _nearest(chances)
        self.streak_requirement[:, index] = needed[best]
        self.streak_chance[:, index] = np.take_along_axis(chances, best[None], axis=0)[0]


def _options(code: str, n: int, p: Floats, volume: Floats) -> list[tuple[int, int, Floats]]:
    """Return (requirement, right answers, chance) of each way to ask ``n`` of a type."""
    if code == "perfect_score":
        return [(n, 0, flawless(n, p))]
    if code == "accuracy_challenge":
        least = -(-n * int(LEAST_SHARE_RIGHT * 10) // 10)
        return [(n, right, within_tries(at_least(right, n, p)) * reach(n, volume)) for right in range(least, n + 1)]
    if code == "speed_challenge":
        right, _ = speed_target(n)
        return [(n, right, within_tries(at_least(right, n, p) * IN_TIME) * reach(n, volume))]
    return [(n, 0, reach(n, volume))]


def _nearest(chances: Floats) -> NDArray[np.intp]:
    return np.asarray(np.argmin(np.round(np.abs(chances - BAND_MIDDLE), 6), axis=0))


def _choose(n: int, k: int) -> float:
    result = 1.0
    for i in range(1, min(k, n - k) + 1):
        result = result * (n - i + 1) / i
    return result
