"""Computing states and skills anew from the activities, under the statistics in use today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction

from learners import estimates
from learners.common.bulk import upsert
from learners.estimates import Skill, State
from learners.models import (
    Activity,
    CategoryStatistic,
    ItemStatistic,
    LearnerProfile,
    LearnerState,
    SkillEstimate,
    StatisticsVersion,
)
from learners.selectors.skills import streak_state
from learners.services.catalogue import PRIOR_LOGIT
from learners.services.moving import lock_learners

LEARNERS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What `rebuild_skills` went through."""

    learners: int
    answers: int


@dataclass(frozen=True, slots=True)
class Difficulties:
    """Logits of a right answer by an average learner, by category and by item id."""

    categories: dict[int, float]
    items: dict[int, float]


def rebuild_skills(*, learners_at_once: int = LEARNERS_AT_ONCE) -> Rebuilt:
    """Compute every learner's state and skills from their graded activities, a chunk of learners a transaction.

    Streaks are kept: they are a function of the days. What was predicted at the time stays as it was predicted.
    """
    difficulties = current_difficulties()
    learners = answers = 0
    for ids in _chunks(learners_at_once):
        with transaction.atomic():
            lock_learners(ids)
            answers += _rebuild(ids, difficulties)
        learners += len(ids)
    return Rebuilt(learners=learners, answers=answers)


def current_difficulties() -> Difficulties:
    """Return the newest complete statistics; empty before the first fit."""
    version = StatisticsVersion.objects.filter(is_complete=True).order_by("-id").first()
    if version is None:
        return Difficulties({}, {})
    return Difficulties(
        categories=dict(CategoryStatistic.objects.filter(version=version).values_list("category_id", "logit")),
        items=dict(ItemStatistic.objects.filter(version=version).values_list("item_id", "logit")),
    )


def _chunks(size: int) -> Iterator[list[int]]:
    last = 0
    while ids := list(
        LearnerProfile.objects.filter(pk__gt=last, state__isnull=False)
        .order_by("id")
        .values_list("id", flat=True)[:size]
    ):
        yield ids
        last = ids[-1]


def _rebuild(ids: Sequence[int], difficulties: Difficulties) -> int:
    old = LearnerState.objects.in_bulk(ids)
    rows = (
        Activity.objects.filter(learner__in=ids, correct__isnull=False)
        .order_by("learner", "id")
        .values_list("learner_id", "category_id", "item_id", "correct", "received_at")
    )
    states: dict[int, State] = {pk: State(learner_id=pk, zone="") for pk in ids}
    skills: dict[tuple[int, int], Skill] = {}
    answers = 0
    for learner_id, own in groupby(rows.iterator(chunk_size=10_000), key=lambda row: row[0]):
        for row in own:
            _replay(states[learner_id], skills, row, difficulties)
            answers += 1
    upsert(LearnerState, [_row(states[pk], old[pk]) for pk in sorted(old)], conflict=["learner_id"])
    upsert(SkillEstimate, [skill.row() for skill in skills.values()], conflict=["learner_id", "category_id"])
    return answers


def _replay(
    state: State, skills: dict[tuple[int, int], Skill], row: tuple[Any, ...], difficulties: Difficulties
) -> None:
    learner_id, category_id, item_id, correct, at = row
    skill = None
    if category_id is not None:
        skill = skills.setdefault((learner_id, category_id), Skill(learner_id, category_id))
    category_logit = difficulties.categories.get(category_id, PRIOR_LOGIT)
    item_logit = difficulties.items.get(item_id, category_logit)
    predicted = estimates.predict(state=state, skill=skill, item_logit=item_logit, at=at)
    estimates.move(
        state=state,
        skill=skill,
        item_logit=item_logit,
        category_logit=category_logit,
        predicted=predicted,
        correct=correct,
        at=at,
    )


def _row(state: State, old: LearnerState) -> dict[str, Any]:
    """Return the rebuilt columns, with what answers alone do not decide kept from ``old``."""
    state.streak = streak_state(old)
    state.last_at = old.last_at
    state.version = old.version + 1
    return state.row()
