"""What a generation would make, without writing anything."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from django.db.models import Q

from challenges.choice import choose
from challenges.drafts import Drafts, Recent
from challenges.models import Challenge
from challenges.rules import Rules
from challenges.selectors.due import untouched
from challenges.selectors.recent import recent_of
from challenges.selectors.rules import rules_in_force
from challenges.services.generation import GenerationReport
from learners.api import (
    ONLINE_ESTIMATE,
    LearnerProfile,
    SkillMatrix,
    category_logits,
    day_start,
    skill_chunk,
    skill_rows,
)

LEARNERS_AT_ONCE = 5_000


def rehearse(*, day: date, force: bool = False, learner: LearnerProfile | None = None) -> GenerationReport:
    """Choose for everyone who would be served, or for one learner, and count instead of writing."""
    begun, rules = time.perf_counter(), rules_in_force()
    learners = personal = by_rules = kept = 0
    for skills in _one(learner, rules, day) if learner else _everyone(rules, day):
        drafts, recent = _choose(skills, rules, day, force)
        free = ~recent.taken[:, : drafts.slots]
        chosen_personally = int((drafts.source[free] == Drafts.ML).sum())
        learners += len(skills)
        personal += chosen_personally
        by_rules += int(free.sum()) - chosen_personally
        kept += int(recent.taken.sum())
    return GenerationReport(
        generated=personal + by_rules,
        ml_generated=personal,
        fallback_generated=by_rules,
        errors=0,
        target_date=day.isoformat(),
        learners=learners,
        kept=kept,
        seconds=round(time.perf_counter() - begun, 3),
        statements=0,
    )


def _one(learner: LearnerProfile, rules: Rules, day: date) -> Iterator[SkillMatrix]:
    logits = category_logits(rules.category_ids.tolist())
    yield skill_rows(learner_ids=[learner.pk], category_ids=rules.category_ids, logits=logits, day=day)


def _everyone(rules: Rules, day: date) -> Iterator[SkillMatrix]:
    logits, last_id = category_logits(rules.category_ids.tolist()), 0
    since = day_start(day) - timedelta(days=rules.inactivity_days)
    while True:
        skills = skill_chunk(
            category_ids=rules.category_ids,
            logits=logits,
            after_id=last_id,
            size=LEARNERS_AT_ONCE,
            active_since=since,
            day=day,
        )
        if not len(skills):
            return
        yield skills
        last_id = int(skills.learner_ids[-1])


def _choose(skills: SkillMatrix, rules: Rules, day: date, force: bool) -> tuple[Drafts, Recent]:
    recent = recent_of(skills.learner_ids, rules, day=day, exactly=False)
    if force:
        within = Q(learner_id__gte=int(skills.learner_ids[0]), learner_id__lte=int(skills.learner_ids[-1]))
        slots = Challenge.objects.filter(within, untouched(day), slot__lt=rules.per_day)
        for learner_id, slot in slots.values_list("learner_id", "slot"):
            row = int(np.searchsorted(skills.learner_ids, learner_id))
            if row < len(skills) and skills.learner_ids[row] == learner_id:
                recent.taken[row, slot] = False
    return choose(skills, recent, rules, day=day, model_version=ONLINE_ESTIMATE), recent
