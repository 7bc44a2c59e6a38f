"""The rules in force, as plain values: what the choice needs to know of types, topics, texts and settings."""

from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

RULES_VERSION = "rules-1"


class Claim(IntFlag):
    """What a text says of the learner; it is used only where that is true."""

    NAMES_CATEGORY = 1
    NAMES_NO_CATEGORY = 2
    NOT_LATELY = 4
    TEN_ANSWERS = 8
    MOST_TO_GAIN = 16
    AWAY = 32
    KNOWN_WELL = 64
    ON_COURSE = 128
    ANSWERS_EXPLAINED = 256
    IN_A_ROW = 512
    ANY_DAYS = 1024
    UNKNOWN = 1 << 20  # a claim that nobody can check: such a text is never chosen


CLAIMS = {
    "not_lately": Claim.NOT_LATELY,
    "n_at_least_10": Claim.TEN_ANSWERS,
    "most_to_gain": Claim.MOST_TO_GAIN,
    "away": Claim.AWAY,
    "known_well": Claim.KNOWN_WELL,
    "on_course": Claim.ON_COURSE,
    "answers_explained": Claim.ANSWERS_EXPLAINED,
    "in_a_row": Claim.IN_A_ROW,
    "any_days": Claim.ANY_DAYS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRule:
    """A challenge type as the choice sees it."""

    id: int
    code: str
    base_xp: int
    ml_weight: float
    low: int
    high: int
    scales: bool = True
    needs_category: bool = False
    days_in_a_row: bool = True
    is_enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRule:
    """A text that may be chosen; ``claims`` must all be true of the learner."""

    id: int
    kind: str
    origin: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything but the learners. Categories stand in the editor's order; shares sum to 1."""

    types: tuple[TypeRule, ...]
    wordings: tuple[WordingRule, ...]
    category_ids: NDArray[np.int64]
    category_weights: NDArray[np.int64]  # in hundredths
    exam_shares: NDArray[np.float64]
    per_day: int = 3
    difficulty_min: int = 200  # in thousandths
    difficulty_max: int = 900
    xp_version: str = "v1"
    xp_multiplier: int = 100  # in hundredths
    automation_on: bool = True
    ml_on: bool = True
    fallback_on: bool = True
    randomized_fallback_share: float = 0.10
    min_answers: int = 30
    min_category_answers: int = 5
    min_categories: int = 3
    inactivity_days: int = 30
    answers_explained: bool = False

    @property
    def n_categories(self) -> int:
        return len(self.category_ids)


def exam_shares(given: list[float | None]) -> NDArray[np.float64]:
    """Return shares that sum to 1; topics without one share equally what the others leave, or as much as their mean."""
    shares = np.array([np.nan if share is None else share for share in given], dtype=float)
    empty = np.isnan(shares)
    if empty.any():
        left = 1.0 - np.nansum(shares)
        known = shares[~empty]
        each = left / empty.sum() if left > 0 else (known.mean() if len(known) else 1.0)
        shares[empty] = each
    total = shares.sum()
    return shares / total if total > 0 else np.full(len(shares), 1.0 / max(len(shares), 1))
