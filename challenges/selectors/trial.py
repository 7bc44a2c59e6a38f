"""What a learner would get today and why, for staff who try the rules out; nothing is written."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from challenges.choice import choose
from challenges.drafts import Drafts, Recent
from challenges.models import Challenge, ChallengeType, Origin
from challenges.reasons import worded
from challenges.rows import columns, to_mappings
from challenges.rules import Rules
from challenges.selectors.challenges import said
from challenges.selectors.recent import recent_of
from challenges.selectors.rules import rules_in_force
from learners.api import (
    ONLINE_ESTIMATE,
    Category,
    LearnerProfile,
    SkillMatrix,
    category_logits,
    get_skill_assessment,
    get_weak_areas,
    skill_rows,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One challenge as it would be; XP and bonus by both formulas, whichever is in force."""

    title: str
    description: str
    type: str
    requirement: int
    xp_reward: int
    bonus_reward: int
    category: str | None
    difficulty: float
    source: str
    predicted_completion: float
    reasons: list[dict[str, str]]
    xp_by_version: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What staff see of a learner: the estimate, and the challenges that follow from it."""

    day: date
    user_analysis: dict[str, Any]
    challenges: list[Tried]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def try_for(learner: LearnerProfile, *, now: datetime) -> Trial:
    """Return what would be chosen for the learner's own today if the day had nothing yet."""
    day, rules = learner.local_date(now), rules_in_force()
    logits = category_logits(rules.category_ids.tolist())
    skills = skill_rows(learner_ids=[learner.pk], category_ids=rules.category_ids, logits=logits, day=day)
    recent = recent_of(skills.learner_ids, rules, day=day, exactly=True)
    return Trial(day=day, user_analysis=_analysis(learner, now), challenges=_tried(skills, recent, rules, day, now))


def _analysis(learner: LearnerProfile, now: datetime) -> dict[str, Any]:
    assessment = get_skill_assessment(learner, now=now)
    return {
        "weak_areas": get_weak_areas(learner, now=now),
        "skill_level": round(assessment["overall_skill_level"], 4),
        "confidence": round(assessment["confidence_level"], 4),
        "total_questions": assessment["total_practice_questions"],
    }


def _tried(skills: SkillMatrix, recent: Recent, rules: Rules, day: date, now: datetime) -> list[Tried]:
    by_version = {name: _rows(skills, recent, replace(rules, xp_version=name), day, now) for name in ("v1", "v2")}
    rows = by_version[rules.xp_version]
    words = said(rows)
    return [
        Tried(
            title=words[row.pk].title,
            description=words[row.pk].text,
            type=row.type.code,
            requirement=row.requirement,
            xp_reward=row.xp,
            bonus_reward=row.bonus,
            category=row.category.code if row.category else None,
            difficulty=row.difficulty,
            source=Origin(row.source).name.lower(),
            predicted_completion=row.predicted_completion,
            reasons=worded(row.reasons),
            xp_by_version={
                name: {"xp": version[place].xp, "bonus": version[place].bonus} for name, version in by_version.items()
            },
        )
        for place, row in enumerate(rows)
    ]


def _rows(skills: SkillMatrix, recent: Recent, rules: Rules, day: date, now: datetime) -> list[Challenge]:
    """Return unsaved rows, numbered by slot, with their types and topics."""
    drafts: Drafts = choose(skills, recent, rules, day=day, model_version=ONLINE_ESTIMATE)
    values = columns(drafts, rules, drafts.source > 0, day=day, model_version=ONLINE_ESTIMATE, now=now)
    types = ChallengeType.objects.in_bulk()
    topics = Category.objects.in_bulk()
    rows = []
    for number, mapping in enumerate(to_mappings(values, day=day, now=now), start=1):
        row = Challenge(pk=number, **mapping)
        row.type = types[row.type_id]
        row.category = topics[row.category_id] if row.category_id else None
        rows.append(row)
    return rows
