"""Recording activities: the way of one answer, from a source's batch to everything that follows from it.

Step 0 commits newcomers; then one transaction locks the learners in id order, tells known activities from new ones,
predicts and moves, writes each table once, tells the rooms, and stores what they answered.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from learners.common.bulk import insert_new, update_rows
from learners.errors import ActivityConflict, RepeatedInBatch, UnknownKind, UnknownRound
from learners.facts import ActivityFact, Outcome, fact_to_json
from learners.models import Activity, HandlerFailure, Round, Source
from learners.services import chain, moving
from learners.services.batches import Batch, NewActivity, body_sha256, facts_of, move, open_batch, row_of
from learners.services.catalogue import unregistered_kinds

logger = logging.getLogger(__name__)

TRIES = 3  # the first and two more after a deadlock, a lock timeout or a lost connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of one activity of a batch."""

    client_id: str
    activity_id: int
    learner_id: int
    learner: str  # public UUID
    replayed: bool  # it was known already; nothing happened again
    outcome: Mapping[str, Any]


class AnotherBatchWon(Exception):
    """The same ids were recorded between our look and our insert; look again."""


def record_activities(
    *,
    activities: Sequence[NewActivity],
    source: Source,
    now: datetime,
    run_handlers: bool = True,
    historical: bool = False,
) -> list[Recorded]:
    """Record a batch, all or nothing, and return what followed from each activity, in the batch's order.

    Sent again, an activity changes nothing and gets its first answer. ``historical`` takes ``occurred_at`` for the time
    of receipt (imports); ``run_handlers=False`` moves skills and days only and pays nothing.

    :raises ActivityConflict: if an id is known with another body; :raises RepeatedInBatch: if it stands twice;
    :raises UnknownKind, UnknownCategory, UnknownLearner, UnknownRound, RoundClosed: if a name stands for nothing.
    """
    if not activities:
        return []
    _refuse_repeats(activities)
    _refuse_unknown_kinds(activities)
    batch = None
    careful = False
    tries = 0
    while True:
        try:
            batch = batch or open_batch(
                activities=activities,
                source=source,
                now=now,
                historical=historical,
                before_creating=partial(_refuse_early, activities, source),
            )
            with transaction.atomic():
                return _record(batch, run_handlers=run_handlers, careful=careful)
        except AnotherBatchWon:
            continue
        except chain.HandlerRaised as raised:
            logger.exception("The handler %s failed; running the batch again by learner.", raised)
            careful = True
        except (OperationalError, InterfaceError):
            tries += 1
            if tries >= TRIES or transaction.get_connection().in_atomic_block:
                raise


def _refuse_repeats(activities: Sequence[NewActivity]) -> None:
    seen: set[str] = set()
    repeated = []
    for index, activity in enumerate(activities):
        if activity.client_id in seen:
            repeated.append(index)
        seen.add(activity.client_id)
    if repeated:
        raise RepeatedInBatch(repeated)


def _refuse_unknown_kinds(activities: Sequence[NewActivity]) -> None:
    unknown = unregistered_kinds({activity.kind for activity in activities})
    if unknown:
        raise UnknownKind([index for index, activity in enumerate(activities) if activity.kind in unknown])


def _refuse_early(activities: Sequence[NewActivity], source: Source, newcomers: Collection[str]) -> None:
    """Refuse, before newcomers are created, what cannot be recorded: a refused batch leaves nothing behind."""
    ids = [activity.client_id for activity in activities]
    rows = Activity.objects.filter(source=source, client_id__in=ids)
    known = {row[0]: row[1:] for row in rows.values_list("client_id", "body_sha256", "learner_id")}
    conflicts = [
        index
        for index, activity in enumerate(activities)
        if activity.client_id in known and _is_another(activity, *known[activity.client_id], newcomers)
    ]
    if conflicts:
        raise ActivityConflict(conflicts)
    named = {activity.round for activity in activities if activity.round}
    there = set(Round.objects.filter(source=source, client_id__in=named).values_list("client_id", flat=True))
    unknown = [i for i, a in enumerate(activities) if a.round and (a.round not in there or a.learner in newcomers)]
    if unknown:
        raise UnknownRound(unknown)


def _is_another(activity: NewActivity, body: str, learner_id: int, newcomers: Collection[str]) -> bool:
    return activity.learner in newcomers or body_sha256(activity, learner_id=learner_id) != body


def _record(batch: Batch, *, run_handlers: bool, careful: bool) -> list[Recorded]:
    learner_ids = [batch.learner_id(activity) for activity in batch.activities]
    batch.states = moving.locked_states(sorted(set(learner_ids)), now=batch.now)
    hashes = [body_sha256(a, learner_id=pk) for a, pk in zip(batch.activities, learner_ids, strict=True)]
    recorded = _known(batch, hashes)
    new = [(index, a) for index, a in enumerate(batch.activities) if a.client_id not in recorded]
    if new:
        recorded.update(_record_new(batch, new, hashes, run_handlers=run_handlers, careful=careful))
    return [recorded[activity.client_id] for activity in batch.activities]


def _known(batch: Batch, hashes: Sequence[str]) -> dict[str, Recorded]:
    rows = Activity.objects.filter(
        source=batch.source, client_id__in=[activity.client_id for activity in batch.activities]
    ).values_list("client_id", "body_sha256", "id", "learner_id", "outcome")
    found = {row[0]: row for row in rows}
    conflicts = [
        index
        for index, activity in enumerate(batch.activities)
        if activity.client_id in found and found[activity.client_id][1] != hashes[index]
    ]
    if conflicts:
        raise ActivityConflict(conflicts)
    return {
        client_id: Recorded(
            client_id=client_id,
            activity_id=pk,
            learner_id=learner_id,
            learner=batch.states[learner_id].uuid,
            replayed=True,
            outcome=outcome or {},
        )
        for client_id, _hash, pk, learner_id, outcome in found.values()
    }


def _record_new(
    batch: Batch,
    new: Sequence[tuple[int, NewActivity]],
    hashes: Sequence[str],
    *,
    run_handlers: bool,
    careful: bool,
) -> dict[str, Recorded]:
    batch.rounds = moving.rounds_for(batch, new)
    batch.skills = moving.skills_for(batch, (activity for _index, activity in new))
    rows = [row_of(batch, activity, hashes[index]) for index, activity in new]
    stands = [move(batch, activity, row) for (_index, activity), row in zip(new, rows, strict=True)]
    ids = _insert(rows)
    answers = moving.write(batch, rows)
    if not run_handlers:
        return {row["client_id"]: _recorded(batch, row, ids[row["client_id"]]) for row in rows}
    return _tell(batch, facts_of(batch, rows, stands, ids, answers), careful=careful)


def _recorded(batch: Batch, row: Mapping[str, Any], activity_id: int) -> Recorded:
    return Recorded(
        client_id=row["client_id"],
        activity_id=activity_id,
        learner_id=row["learner_id"],
        learner=batch.states[row["learner_id"]].uuid,
        replayed=False,
        outcome={},
    )


def _insert(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Insert all activities in one statement and return ids by client id.

    :raises AnotherBatchWon: if some are there already.
    """
    made = insert_new(
        Activity,
        rows,
        conflict=["source_id", "client_id"],
        returning=["client_id", "id"],
        sorted_by="client_id",
    )
    if len(made) < len(rows):
        raise AnotherBatchWon()
    return dict(made)


def _tell(batch: Batch, facts: Sequence[ActivityFact], *, careful: bool) -> dict[str, Recorded]:
    told = chain.tell(facts, now=batch.now, careful=careful)
    store_failures(told.failures, now=batch.now)
    outcomes = gather(facts, told.outcomes)
    update_rows(Activity, [{"id": fact.id, "outcome": outcomes[fact.id]} for fact in facts])
    return {
        fact.client_id: Recorded(
            client_id=fact.client_id,
            activity_id=fact.id,
            learner_id=fact.learner_id,
            learner=batch.states[fact.learner_id].uuid,
            replayed=False,
            outcome=outcomes[fact.id],
        )
        for fact in facts
    }


def gather(facts: Sequence[ActivityFact], outcomes: Iterable[Outcome]) -> dict[int, dict[str, Any]]:
    """Return by activity what is stored as its outcome: the streak, and each room's answer under its name."""
    gathered: dict[int, dict[str, Any]] = {fact.id: {"streak": fact.streak} for fact in facts}
    for outcome in outcomes:
        gathered[outcome.activity_id][outcome.room] = dict(outcome.data)
    return gathered


def store_failures(failures: Iterable[chain.Failure], *, now: datetime) -> None:
    """Write down who waits at which handler, with the fact as the handler saw it."""
    rows = [
        {
            "activity_id": failure.fact.id,
            "learner_id": failure.fact.learner_id,
            "handler": failure.handler,
            "error": failure.error,
            "fact": fact_to_json(failure.fact),
            "failed_at": now,
            "attempts": 1,
        }
        for failure in failures
    ]
    insert_new(HandlerFailure, rows, conflict=["activity_id", "handler"])
