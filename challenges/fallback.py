"""The choice by rules: topics take turns, and the demand grows with experience; pure.

For beginners, for who opted out, for those drawn into the comparison, and whenever the personal choice cannot be made.
"""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from challenges import completion
from challenges.drafts import Drafts, Recent
from challenges.reasons import Reason
from challenges.rules import Rules

if TYPE_CHECKING:
    from learners.api import SkillMatrix

Indices = NDArray[np.intp]

NEW, BEGINNER, PRACTISED, EXPERIENCED = range(4)
PRACTISED_FROM, EXPERIENCED_FROM = 50, 200  # answers
TYPES = {  # by stage, in turn
    NEW: ("quiz",),
    BEGINNER: ("quiz",),
    PRACTISED: ("quiz", "category_focus"),
    EXPERIENCED: ("perfect_score", "category_focus", "quiz"),
}
REQUIREMENT = np.array([3, 3, 5, 8])  # by stage
FLAWLESS_REQUIREMENT = 3
DIFFICULTY = np.array([300, 300, 500, 700])  # thousandths, by stage
WITHOUT_TOPIC = frozenset({"perfect_score", "accuracy_challenge", "speed_challenge", "streak"})
AWAY_DAYS = 14.0  # who comes back after longer starts with any topic
NOTHING = -1
_NEVER = 1e6  # days: longer ago than anything


def choose(drafts: Drafts, rows: Indices, everyone: "SkillMatrix", times: Recent, rules: Rules, *, day: date) -> None:
    """Fill the slots of the learners at ``rows``; chances and reasons that stand there are kept."""
    if not len(rows):
        return
    skills, recent = everyone.part(rows), times.part(rows)
    stage = stages(skills.answers) if rules.fallback_on else np.zeros(len(rows), dtype=np.intp)
    categories = _in_turn(skills.days, recent.categories, drafts.slots)
    back = (skills.away_days >= AWAY_DAYS) & (skills.answers > 0)
    streak_open, streaks = recent.streak_open.copy(), np.array([rule.code == "streak" for rule in rules.types])
    for slot in range(drafts.slots):
        kind = _types(stage, skills.learner_ids, streak_open, rules, day.toordinal() + slot)
        nothing, kind = kind == NOTHING, np.maximum(kind, 0)
        streak_open |= streaks[kind] & ~nothing
        topical = ~np.array([rule.code in WITHOUT_TOPIC for rule in rules.types])[kind]
        quiz = np.array([rule.code == "quiz" for rule in rules.types])[kind]
        topical &= ~(back & quiz & (slot == 0))
        category = np.where(topical, categories[:, slot], -1)
        _write(drafts, rows, slot, skills, rules, stage, kind, category)
        drafts.source[rows[nothing], slot] = 0


def stages(answers: NDArray[np.int64]) -> Indices:
    """Return 0 without answers, 1 below 50, 2 below 200, else 3."""
    return (answers > 0).astype(np.intp) + (answers >= PRACTISED_FROM) + (answers >= EXPERIENCED_FROM)


def _in_turn(days: NDArray[np.float64], times: NDArray[np.int64], slots: int) -> Indices:
    """Return topics by how long ago they were practised; those that had their turn lately wait."""
    if days.shape[1] == 0:
        return np.full((len(days), slots), -1, dtype=np.intp)
    wait = np.round(np.where(np.isfinite(days), days + 1.0, _NEVER) * 0.5**times, 6)
    chosen, every = np.empty((len(days), slots), dtype=np.intp), np.arange(len(days))
    left = wait.copy()
    for slot in range(slots):
        if slot % wait.shape[1] == 0:
            left = wait.copy()
        chosen[:, slot] = left.argmax(axis=1)
        left[every, chosen[:, slot]] = -1.0
    return chosen


def _types(
    stage: Indices, learner_ids: NDArray[np.int64], streak_open: NDArray[np.bool_], rules: Rules, turn: int
) -> Indices:
    """Return each learner's type of this turn: the enabled ones of the stage, one after the other.

    While a streak is open there is no second one; `NOTHING` where no other type is switched on.
    """
    kind = np.full(len(stage), NOTHING, dtype=np.intp)
    for number, codes in TYPES.items():
        enabled = _enabled(rules, codes)
        others = enabled[[rules.types[place].code != "streak" for place in enabled]]
        for here, options in (((stage == number) & ~streak_open, enabled), ((stage == number) & streak_open, others)):
            if len(options):
                kind[here] = options[(learner_ids[here] + turn) % len(options)]
    return kind


def _enabled(rules: Rules, codes: tuple[str, ...]) -> Indices:
    """Return the places of the enabled types among ``codes``; any enabled one when they are all off."""
    places = [
        place for code in codes for place, rule in enumerate(rules.types) if rule.code == code and rule.is_enabled
    ]
    return np.array(places or [place for place, rule in enumerate(rules.types) if rule.is_enabled], dtype=np.intp)


def _write(
    drafts: Drafts,
    rows: Indices,
    slot: int,
    skills: "SkillMatrix",
    rules: Rules,
    stage: Indices,
    kind: Indices,
    category: NDArray[np.int64],
) -> None:
    asked, right = _asked(stage, kind, skills, rules)
    new = stage == NEW
    drafts.kind[rows, slot] = kind
    drafts.category[rows, slot] = category
    drafts.requirement[rows, slot] = asked
    drafts.target_correct[rows, slot] = right
    drafts.difficulty[rows, slot] = np.clip(DIFFICULTY[stage], rules.difficulty_min, rules.difficulty_max)
    drafts.predicted[rows, slot] = predicted(asked, right, kind, category, skills, rules)
    drafts.reasons[rows, slot] |= np.where(
        new & (skills.answers == 0), int(Reason.ONBOARDING), np.where(category >= 0, int(Reason.ROTATION), 0)
    )
    drafts.source[rows, slot] = np.where(new, drafts.ONBOARDING, drafts.FALLBACK)


def _asked(
    stage: Indices, kind: Indices, skills: "SkillMatrix", rules: Rules
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return requirement and right answers: the stage's, within the type's range."""
    codes = [rule.code for rule in rules.types]
    low, high = (np.array([getattr(rule, name) for rule in rules.types])[kind] for name in ("low", "high"))
    flawless = np.array([code == "perfect_score" for code in codes])[kind]
    days = np.array([code == "streak" for code in codes])[kind]
    wanted = np.where(flawless, FLAWLESS_REQUIREMENT, np.where(days, 2, REQUIREMENT[stage]))
    asked = np.clip(wanted, low, high)
    share = {"accuracy_challenge": completion.LEAST_SHARE_RIGHT, "speed_challenge": completion.SPEED_SHARE_RIGHT}
    right = np.ceil(asked * np.array([share.get(code, 0.0) for code in codes])[kind] - 1e-9).astype(np.int64)
    return asked, right


def predicted(
    asked: NDArray[np.int64],
    right: NDArray[np.int64],
    kind: NDArray[np.int64] | Indices,
    category: NDArray[np.int64],
    skills: "SkillMatrix",
    rules: Rules,
) -> NDArray[np.float64]:
    """Return the chance of completion; where answers must be right, a coarse one from the mean of the tries."""
    volume = completion.daily_volume(skills.recent_answers, skills.active_days)
    chance = completion.reach(asked, volume)
    p = skills.overall
    if skills.p.shape[1]:
        p = np.where(category >= 0, skills.p[np.arange(len(asked)), np.maximum(category, 0)], p)
    flawless = np.array([rule.code == "perfect_score" for rule in rules.types])[kind]
    chance = np.where(flawless, completion.flawless(asked, p), chance)
    return np.where(right > 0, chance * np.clip(0.5 + (p - right / asked) * np.sqrt(asked), 0.0, 1.0), chance)
