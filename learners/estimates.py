"""The arithmetic of answers in memory: each is predicted, then moves its learner's state and skill.

No database here: `services.recording` and `services.skills` read what it needs and write what it has become.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from learners import days, elo, streaks

_LAST_THREE = 3
_KEPT = 0.7  # of the old moving average


@dataclass(slots=True)
class State:
    """A learner's `LearnerState`, movable."""

    learner_id: int
    zone: str
    uuid: str = ""  # the learner's public name
    n_answers: int = 0
    n_correct: int = 0
    theta: float = 0.0
    residual: float = 0.0
    recent: int = 0
    last_at: datetime | None = None
    streak: streaks.StreakState = field(default_factory=streaks.StreakState)
    version: int = 0
    needs_recount: bool = False  # an older day came in: the streak must be counted from all days

    def row(self) -> dict[str, Any]:
        """Return the columns of `LearnerState`."""
        return {
            "learner_id": self.learner_id,
            "n_answers": self.n_answers,
            "n_correct": self.n_correct,
            "theta": self.theta,
            "residual": self.residual,
            "recent": self.recent,
            "last_at": self.last_at,
            "version": self.version,
            **streak_columns(self.streak),
        }

    def live(self, local_date: date, at: datetime) -> None:
        """Count ``local_date`` as a day on which something was done."""
        self.version += 1
        if self.last_at is None or at > self.last_at:
            self.last_at = at
        if self.streak.last is not None and local_date < self.streak.last:
            self.needs_recount = True
        else:
            self.streak = streaks.advance(self.streak, local_date)


def streak_columns(streak: streaks.StreakState) -> dict[str, Any]:
    """Return the columns of `LearnerState` that hold a streak."""
    return {
        "streak": streak.days,
        "best_streak": streak.best,
        "streak_date": streak.last,
        "freeze_month": streak.freeze_month,
        "freezes_used": streak.freezes_used,
    }


@dataclass(slots=True)
class Skill:
    """A learner's `SkillEstimate` in one category, movable."""

    learner_id: int
    category_id: int
    theta: float = 0.0
    n: int = 0
    wins: int = 0
    residual: float = 0.0
    recent: int = 0
    ewma: float = 0.5
    last_at: datetime | None = None
    p: float = elo.PRIOR_MEAN
    version: int = 0

    def row(self) -> dict[str, Any]:
        """Return the columns of `SkillEstimate`."""
        return {
            "learner_id": self.learner_id,
            "category_id": self.category_id,
            "theta": self.theta,
            "n": self.n,
            "wins": self.wins,
            "residual": self.residual,
            "recent": self.recent,
            "ewma": self.ewma,
            "last_at": self.last_at,
            "p": self.p,
            "p_by": elo.VERSION,
            "version": self.version,
        }


def predict(*, state: State, skill: Skill | None, item_logit: float, at: datetime) -> float:
    """Return the chance of a right answer before it is known, faded since the category was last seen; 0–1."""
    if skill is None:
        return elo.sigmoid(item_logit + state.theta)
    p = elo.sigmoid(item_logit + state.theta + skill.theta)
    if skill.last_at is None:
        return p
    return elo.faded(p, days.days_between(skill.last_at, at), skill.n)


def move(
    *,
    state: State,
    skill: Skill | None,
    item_logit: float,
    category_logit: float,
    predicted: float,
    correct: bool,
    at: datetime,
) -> None:
    """Move the learner's state and skill by one graded answer."""
    surprise = correct - predicted
    beyond_item = correct - elo.sigmoid(item_logit)
    state.theta += elo.learner_step(state.n_answers) * surprise
    state.n_answers += 1
    state.n_correct += correct
    state.residual += beyond_item
    state.recent = elo.remember(state.recent, correct)
    if skill is None:
        return
    skill.theta += elo.category_step(skill.n) * surprise
    skill.n += 1
    skill.wins += correct
    skill.residual += beyond_item
    skill.recent = elo.remember(skill.recent, correct, length=_LAST_THREE)
    skill.ewma = _KEPT * skill.ewma + (1 - _KEPT) * correct
    if skill.last_at is None or at > skill.last_at:
        skill.last_at = at
    skill.p = elo.sigmoid(category_logit + state.theta + skill.theta)
    skill.version += 1
