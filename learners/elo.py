"""The online skill estimate: Elo with a learner-wide and a per-category ability, and forgetting between answers.

Steps and smoothing follow Pelánek (2016, "Applications of the Elo rating system in adaptive educational systems");
forgetting is the power curve of FSRS-6. Abilities are logits above an average learner.
"""

import math

VERSION = "elo-1"
GUESS = 0.25  # four options: what is forgotten is guessed
PRIOR_MEAN = 0.75  # share of right answers before any is known; typical of practice logs with four options
CATEGORY_PRIOR_ANSWERS = 20  # how many answers the overall share weighs against a category's own
ITEM_PRIOR_ANSWERS = 8  # how many answers the category's share weighs against an item's own

DECAY = 0.1542  # FSRS-6, default decay
FACTOR = 0.9 ** (-1 / DECAY) - 1  # so that recall is 0.9 after one stability
FIRST_STABILITY_DAYS = 14.0  # a category seen once: a topic fades more slowly than one card
ANSWERS_PER_FIRST_STABILITY = 10  # ten answers double the stability
MOST_STABILITY_DAYS = 365.0
_RECENT_ANSWERS = 20


def sigmoid(x: float) -> float:
    """Return the chance (0–1) that belongs to logit ``x``, without overflow at either end."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def logit(p: float) -> float:
    """Return the log odds of chance ``p``, 0 < p < 1."""
    return math.log(p / (1.0 - p))


def smoothed(*, wins: int, n: int, prior: float, prior_answers: int) -> float:
    """Return the share of right answers, drawn towards ``prior`` as if it had been seen ``prior_answers`` times."""
    return (wins + prior_answers * prior) / (n + prior_answers)


def learner_step(n: int) -> float:
    """Return how far an answer moves the learner-wide ability after ``n`` answers."""
    return 0.30 / (1.0 + 0.05 * n) + 0.02


def category_step(n: int) -> float:
    """Return how far an answer moves the ability in a category after ``n`` answers in it."""
    return 0.45 / (1.0 + 0.10 * n) + 0.05


def stability_days(n: int) -> float:
    """Return after how many days recall of a category answered ``n`` times has fallen to 0.9."""
    return min(FIRST_STABILITY_DAYS * (1.0 + n / ANSWERS_PER_FIRST_STABILITY), MOST_STABILITY_DAYS)


def recall(days: float, stability: float) -> float:
    """Return the share (0–1) still known after ``days``: R = (1 + F·t/S)^−w20, FSRS-6."""
    return float((1.0 + FACTOR * max(days, 0.0) / stability) ** -DECAY)


def faded(p: float, days: float, n: int) -> float:
    """Return chance ``p`` after ``days`` without practice: what is no longer known is guessed."""
    if p <= GUESS:
        return p
    return GUESS + (p - GUESS) * recall(days, stability_days(n))


def remember(recent: int, correct: bool, *, length: int = _RECENT_ANSWERS) -> int:
    """Return the packed results of the last ``length`` answers with the newest in the lowest bit."""
    return ((recent << 1) | correct) & ((1 << length) - 1)


def right_in_a_row(recent: int) -> int:
    """Return how many of the newest packed results are right, up to the first wrong one."""
    return ((recent + 1) & ~recent).bit_length() - 1
