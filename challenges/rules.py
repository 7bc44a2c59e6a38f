"""The rules in force, as plain values: what the choice needs to know of types, topics, texts and settings."""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

RULES_VERSION = "rules-1"
BY_HAND_VERSION = "by-hand"


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
    DUE = 2048
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
    "due": Claim.DUE,
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
class ManualRule:
    """A challenge that an administrator wrote; type and topic are places in the rules."""

    id: int
    kind: int
    category: int  # −1: every topic counts
    requirement: int
    right: int  # answers that must be right, 0: the type's share
    xp: int
    bonus: int
    wording: int  # id, −1: a text of the type
    first_date: date
    last_date: date
    is_reserve: bool  # only where nothing else can be chosen
    cohort_id: int | None = None
    learner_id: int | None = None  # with neither it is for everyone


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
    manual: tuple[ManualRule, ...] = ()  # for one learner first, then for a cohort, then for everyone

    @property
    def n_categories(self) -> int:
        return len(self.category_ids)

    @property
    def chooses(self) -> bool:
        """Say whether anything can be chosen: some type is on."""
        return any(rule.is_enabled for rule in self.types)

    def by_hand_only(self) -> "Rules":
        """Return the same rules with nothing to choose from."""
        return replace(self, types=tuple(replace(rule, is_enabled=False) for rule in self.types))


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
