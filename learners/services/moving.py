"""What a batch reads under lock and writes once: states, skills, days and rounds of its learners."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from learners import streaks
from learners.common.bulk import accumulate, update_rows, upsert
from learners.errors import RoundClosed, UnknownRound
from learners.estimates import Skill, State
from learners.models import LearnerDay, LearnerProfile, LearnerState, Round, SkillEstimate
from learners.rounds import OpenRound
from learners.services.batches import CLOSING, Batch, NewActivity


def lock_learners(ids: Iterable[int]) -> dict[int, LearnerProfile]:
    """Lock the learners' rows in id order, as every writer of their state does, and return them by id.

    Call it inside a transaction, before any other statement that writes to them.
    """
    locked = LearnerProfile.objects.select_for_update(no_key=True).filter(pk__in=sorted(set(ids))).order_by("id")
    return {learner.pk: learner for learner in locked}


def locked_states(ids: Sequence[int], *, now: datetime) -> dict[int, State]:
    """Lock the learners in id order and return their states.

    Two statements on purpose: a state joined to the row we wait for would be read as it was before the wait.
    """
    locked = lock_learners(ids)
    rows = {row[0]: row for row in LearnerState.objects.filter(learner__in=ids).values_list(*_STATE)}
    return {pk: _state(learner, rows.get(pk), now) for pk, learner in locked.items()}


_STATE = (
    "learner_id",
    "n_answers",
    "n_correct",
    "theta",
    "residual",
    "recent",
    "last_at",
    "version",
    "streak",
    "best_streak",
    "streak_date",
    "freeze_month",
    "freezes_used",
)


def _state(learner: LearnerProfile, row: tuple[Any, ...] | None, now: datetime) -> State:
    zone = learner.zone_at(now)
    if row is None:
        return State(learner_id=learner.pk, zone=zone, uuid=str(learner.uuid))
    _learner_id, n_answers, n_correct, theta, residual, recent, last_at, version = row[:8]
    return State(
        learner_id=learner.pk,
        zone=zone,
        uuid=str(learner.uuid),
        n_answers=n_answers,
        n_correct=n_correct,
        theta=theta,
        residual=residual,
        recent=recent,
        last_at=last_at,
        version=version,
        streak=streaks.StreakState(*row[8:]),
    )


def skills_for(batch: Batch, activities: Iterable[NewActivity]) -> dict[tuple[int, int], Skill]:
    """Return the skills that graded ``activities`` move, by learner and category; new ones start at the average."""
    keys = {
        (batch.learner_id(activity), batch.catalogue.categories[activity.category].id)
        for activity in activities
        if activity.correct is not None and activity.category
    }
    if not keys:
        return {}
    found = SkillEstimate.objects.filter(
        learner__in={learner_id for learner_id, _ in keys}, category__in={category_id for _, category_id in keys}
    ).values_list(*_SKILL)
    skills = {(row[0], row[1]): Skill(*row) for row in found if (row[0], row[1]) in keys}
    for learner_id, category_id in keys - skills.keys():
        skills[learner_id, category_id] = Skill(learner_id=learner_id, category_id=category_id)
    return skills


_SKILL = (
    "learner_id",
    "category_id",
    "theta",
    "n",
    "wins",
    "residual",
    "recent",
    "ewma",
    "last_at",
    "p",
    "version",
)


def rounds_for(batch: Batch, activities: Sequence[tuple[int, NewActivity]]) -> dict[str, OpenRound]:
    """Return the open rounds that ``activities`` (with their places in the batch) name.

    :raises UnknownRound: if a round is not there or another learner's; :raises RoundClosed: if it takes no more.
    """
    named = [(index, activity) for index, activity in activities if activity.round]
    if not named:
        return {}
    rows = Round.objects.filter(source=batch.source, client_id__in={a.round for _, a in named}).values_list(
        F("client_id"),
        "id",
        "learner_id",
        "kind",
        "category_id",
        "planned",
        "answered",
        "correct",
        "seconds",
        "opened_at",
        "closed_at",
    )
    found = {row[0]: OpenRound(*row[1:]) for row in rows}
    unknown = [index for index, a in named if a.round not in found or found[a.round].learner_id != batch.learner_id(a)]
    if unknown:
        raise UnknownRound(unknown)
    closed = _without_room(named, found, batch)
    if closed:
        raise RoundClosed(closed)
    return found


def _without_room(named: Sequence[tuple[int, NewActivity]], found: Mapping[str, OpenRound], batch: Batch) -> list[int]:
    left = {client_id: open_round.planned - open_round.answered for client_id, open_round in found.items()}
    refused = []
    for index, activity in named:
        assert activity.round is not None
        open_round = found[activity.round]
        if activity.kind == CLOSING:
            fits = open_round.closed_at is None and left[activity.round] > 0
        else:
            fits = open_round.takes_answers(batch.received_at(activity)) and left[activity.round] > 0
            left[activity.round] -= activity.correct is not None
        if not fits:
            refused.append(index)
    return refused


def write(batch: Batch, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[int, date], int]:
    """Write what moved; return the answers of each learner's day after the batch."""
    touched = {row["learner_id"] for row in rows}
    counted = _count_days(rows, batch.rounds.values())
    totals = accumulate(
        LearnerDay,
        counted,
        conflict=["learner_id", "local_date"],
        add=["activities", "answers", "correct", "seconds", "rounds", "faultless_rounds"],
        returning=["learner_id", "local_date", "answers"],
    )
    _recount_streaks([batch.states[learner_id] for learner_id in touched])
    states = [batch.states[learner_id].row() for learner_id in sorted(touched)]
    upsert(LearnerState, states, conflict=["learner_id"])
    moved = [skill.row() for skill in batch.skills.values() if skill.last_at is not None]
    upsert(SkillEstimate, moved, conflict=["learner_id", "category_id"])
    _write_rounds(batch.rounds.values())
    return {(learner_id, day_of(day)): answers for learner_id, day, answers in totals}


def day_of(value: date | str) -> date:
    """Return a date that a raw statement returned: SQLite gives text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _write_rounds(open_rounds: Iterable[OpenRound]) -> None:
    update_rows(
        Round,
        [
            {
                "id": open_round.id,
                "answered": open_round.answered,
                "correct": open_round.correct,
                "seconds": open_round.seconds,
                "closed_at": open_round.closed_at,
            }
            for open_round in open_rounds
        ],
    )


def _count_days(rows: Sequence[Mapping[str, Any]], open_rounds: Iterable[OpenRound]) -> list[dict[str, Any]]:
    closed = {open_round.id: open_round for open_round in open_rounds if open_round.closed_now}
    counted: dict[tuple[int, date], dict[str, Any]] = {}
    for row in rows:
        key = (row["learner_id"], row["local_date"])
        day = counted.get(key)
        if day is None:
            day = counted[key] = {
                "learner_id": key[0],
                "local_date": key[1],
                "activities": 0,
                "answers": 0,
                "correct": 0,
                "seconds": 0.0,
                "rounds": 0,
                "faultless_rounds": 0,
            }
        day["activities"] += 1
        day["answers"] += row["correct"] is not None
        day["correct"] += row["correct"] is True
        day["seconds"] += row["seconds"] or 0.0
        finished = closed.pop(row["round_id"], None)
        if finished is not None:
            day["rounds"] += 1
            day["faultless_rounds"] += finished.faultless
    return [counted[key] for key in sorted(counted)]


def _recount_streaks(states: Iterable[State]) -> None:
    """Count streaks anew from all days where an older day came in."""
    late = {state.learner_id: state for state in states if state.needs_recount}
    if not late:
        return
    dates: dict[int, list[date]] = {learner_id: [] for learner_id in late}
    for learner_id, day in LearnerDay.objects.filter(learner__in=late).values_list("learner_id", "local_date"):
        dates[learner_id].append(day)
    for learner_id, state in late.items():
        state.streak = streaks.of(dates[learner_id])
        state.needs_recount = False
