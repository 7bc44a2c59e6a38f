"""What a learner knows today: weak categories, and the assessment that the specification's clients read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import OuterRef, Subquery

from learners import days, elo, streaks, weakness
from learners.models import (
    CategoryStatistic,
    LearnerProfile,
    LearnerState,
    SkillEstimate,
    StatisticsVersion,
)

LEVELS = ((0.4, "Beginner"), (0.6, "Developing"), (0.75, "Intermediate"), (0.85, "Advanced"))  # upper bounds
TOP_LEVEL = "Expert"
NEWCOMER = 0.5  # what the specification shows of someone who has not answered yet
_PROGRESS_ANSWERS = 20  # the newest answers, against all before


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySkill:
    """A learner's skill in one category as of today."""

    category_id: int
    code: str
    p: float  # chance of a right answer to an average item, 0–1
    confidence: float  # 1 − width of the 90 % interval, 0–1
    is_weak: bool
    n: int
    wins: int
    last_at: datetime
    by: str  # version of the model that says so


def skills_of(learner: LearnerProfile, *, now: datetime) -> list[CategorySkill]:
    """Return the practised categories of ``learner``, the one with most to gain first."""
    newest = Subquery(StatisticsVersion.objects.filter(is_complete=True).order_by("-id").values("id")[:1])
    logit = CategoryStatistic.objects.filter(category=OuterRef("category"), version=newest).values("logit")[:1]
    rows = list(
        SkillEstimate.objects.filter(learner=learner)
        .annotate(logit=Subquery(logit))
        .values_list("category", "category__code", "theta", "n", "wins", "last_at", "p", "p_by", "logit")
    )
    if not rows:
        return []
    theta = LearnerState.objects.values_list("theta", flat=True).get(learner=learner)
    now_p = np.array([_chance(row, theta) for row in rows])
    n = np.array([float(row[3]) for row in rows])
    since = np.array([days.days_between(row[5], now) for row in rows])
    mean, strength = weakness.posterior(now_p, n, since)
    weak, sure = weakness.is_weak(mean, strength), weakness.confidence(mean, strength)
    skills = [
        CategorySkill(
            category_id=row[0],
            code=row[1],
            p=float(mean[index]),
            confidence=float(sure[index]),
            is_weak=bool(weak[index]),
            n=row[3],
            wins=row[4],
            last_at=row[5],
            by=row[7],
        )
        for index, row in enumerate(rows)
    ]
    return sorted(skills, key=lambda skill: (round(skill.p, 6), skill.code))


def _chance(row: tuple[Any, ...], learner_theta: float) -> float:
    """Return the chance at the last answer; the online estimate follows the learner's overall ability since."""
    _category, _code, theta, _n, _wins, _last_at, p, p_by, logit = row
    if p_by != elo.VERSION:
        return float(p)
    return elo.sigmoid((elo.logit(elo.PRIOR_MEAN) if logit is None else logit) + learner_theta + theta)


def get_weak_areas(learner: LearnerProfile, *, now: datetime) -> list[str]:
    """Return the codes of the weak categories, weakest first."""
    return [skill.code for skill in skills_of(learner, now=now) if skill.is_weak]


def get_skill_assessment(learner: LearnerProfile, *, now: datetime) -> dict[str, Any]:
    """Return the specification's assessment: overall level, confidence and progress (0–1), answers, and categories.

    ``learning_progress`` is the share right among the last 20 answers less the share before them, null below 40.
    """
    skills = skills_of(learner, now=now)
    state = LearnerState.objects.filter(learner=learner).first()
    n = sum(skill.n for skill in skills)
    level = sum(skill.p * skill.n for skill in skills) / n if n else NEWCOMER
    confidence = sum(skill.confidence * skill.n for skill in skills) / n if n else 0.0
    return {
        "overall_skill_level": level,
        "confidence_level": confidence,
        "learning_progress": _progress(state),
        "learning_progress_reason": None if _progress(state) is not None else "fewer_than_40_answers",
        "total_practice_questions": state.n_answers if state else 0,
        "category_breakdown": {
            skill.code: {
                "accuracy": skill.p,
                "confidence": skill.confidence,
                "questions_attempted": skill.n,
                "is_weak": skill.is_weak,
            }
            for skill in skills
        },
        "skill_description": next((name for bound, name in LEVELS if level < bound), TOP_LEVEL),
    }


def _progress(state: LearnerState | None) -> float | None:
    if state is None or state.n_answers < 2 * _PROGRESS_ANSWERS:
        return None
    newest = state.recent.bit_count()
    before = (state.n_correct - newest) / (state.n_answers - _PROGRESS_ANSWERS)
    return newest / _PROGRESS_ANSWERS - before


def streak_of(learner: LearnerProfile, *, now: datetime) -> streaks.Streak:
    """Return the learner's days in a row as of their own today."""
    state = LearnerState.objects.filter(learner=learner).first()
    return streaks.today(streak_state(state), learner.local_date(now))


def streak_state(state: LearnerState | None) -> streaks.StreakState:
    """Return the streak that a state row holds."""
    if state is None:
        return streaks.StreakState()
    return streaks.StreakState(
        days=state.streak,
        best=state.best_streak,
        last=state.streak_date,
        freeze_month=state.freeze_month,
        freezes_used=state.freezes_used,
    )
