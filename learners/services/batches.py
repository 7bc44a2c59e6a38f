"""One batch in memory: what it names, how each activity moves its learner, and what the rooms are told of it."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from learners import days, elo, estimates
from learners.estimates import Skill, State
from learners.facts import ActivityFact, RoundFact
from learners.models import Source
from learners.rounds import OpenRound
from learners.services.catalogue import PRIOR_LOGIT, Catalogue, look_up

EARLIEST = timedelta(hours=72)  # a client's clock is believed this far back …
LATEST = timedelta(minutes=5)  # … and this far ahead
CLOSING = "round"  # the kind of activity that closes a round by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActivity:
    """One activity as its source reports it.

    ``learner`` is the source's own name for the learner, or the learner's public UUID; ``category`` is a code, ``item``
    the source's key, ``round`` the client id of an open round.
    """

    client_id: str
    learner: str
    kind: str = "answer"
    category: str | None = None
    item: str | None = None
    correct: bool | None = None
    value: float | None = None
    round: str | None = None
    seconds: float | None = None
    occurred_at: datetime | None = None


@dataclass(slots=True)
class Batch:
    """What one call carries through its steps."""

    activities: Sequence[NewActivity]
    source: Source
    now: datetime
    historical: bool
    catalogue: Catalogue
    states: dict[int, State] = field(default_factory=dict)
    skills: dict[tuple[int, int], Skill] = field(default_factory=dict)
    rounds: dict[str, OpenRound] = field(default_factory=dict)

    def learner_id(self, activity: NewActivity) -> int:
        return self.catalogue.learners[activity.learner]

    def received_at(self, activity: NewActivity) -> datetime:
        return (activity.occurred_at or self.now) if self.historical else self.now


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner stood right after one activity."""

    streak: int
    right_in_a_row: int
    round: RoundFact | None


def open_batch(
    *,
    activities: Sequence[NewActivity],
    source: Source,
    now: datetime,
    historical: bool,
    before_creating: Callable[[Collection[str]], None],
) -> Batch:
    """Return a batch whose names are looked up; newcomers are committed (step 0 of recording)."""
    catalogue = look_up(
        source=source,
        learners=[activity.learner for activity in activities],
        categories=[activity.category or "" for activity in activities],
        items={activity.item: activity.category for activity in activities if activity.item},
        now=now,
        before_creating=before_creating,
    )
    return Batch(activities=activities, source=source, now=now, historical=historical, catalogue=catalogue)


def body_sha256(activity: NewActivity, *, learner_id: int) -> str:
    """Return the hash of what an activity says; two spellings of one learner are the same body."""
    said = [
        learner_id,
        activity.kind,
        activity.category,
        activity.item,
        activity.correct,
        activity.value,
        activity.round,
        activity.seconds,
        activity.occurred_at.timestamp() if activity.occurred_at else None,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def row_of(batch: Batch, activity: NewActivity, body_hash: str) -> dict[str, Any]:
    """Return the columns of `Activity` but for the prediction."""
    state = batch.states[batch.learner_id(activity)]
    received_at = batch.received_at(activity)
    occurred_at = activity.occurred_at or received_at
    return {
        "source_id": batch.source.pk,
        "client_id": activity.client_id,
        "body_sha256": body_hash,
        "learner_id": state.learner_id,
        "kind": activity.kind,
        "category_id": batch.catalogue.categories[activity.category].id if activity.category else None,
        "item_id": batch.catalogue.items[activity.item].id if activity.item else None,
        "correct": activity.correct,
        "value": activity.value,
        "round_id": None,
        "seconds": activity.seconds,
        "received_at": received_at,
        "occurred_at": occurred_at,
        "trusted_time": received_at - EARLIEST <= occurred_at <= received_at + LATEST,
        "zone": state.zone,
        "local_date": days.local_date(state.zone, received_at),
        "predicted": None,
        "predicted_by": "",
    }


def move(batch: Batch, activity: NewActivity, row: dict[str, Any]) -> Standing:
    """Predict one activity, then move state, skill and round by it; the prediction goes into ``row``."""
    state = batch.states[row["learner_id"]]
    at = row["received_at"]
    if activity.correct is not None:
        skill = batch.skills.get((state.learner_id, row["category_id"]))
        category_logit = batch.catalogue.categories[activity.category].logit if activity.category else PRIOR_LOGIT
        item_logit = batch.catalogue.items[activity.item].logit if activity.item else category_logit
        predicted = estimates.predict(state=state, skill=skill, item_logit=item_logit, at=at)
        row["predicted"], row["predicted_by"] = predicted, elo.VERSION
        estimates.move(
            state=state,
            skill=skill,
            item_logit=item_logit,
            category_logit=category_logit,
            predicted=predicted,
            correct=activity.correct,
            at=at,
        )
    state.live(row["local_date"], at)
    return Standing(
        streak=state.streak.days,
        right_in_a_row=elo.right_in_a_row(state.recent) if activity.correct else 0,
        round=_move_round(batch, activity, row),
    )


def _move_round(batch: Batch, activity: NewActivity, row: dict[str, Any]) -> RoundFact | None:
    if not activity.round:
        return None
    open_round = batch.rounds[activity.round]
    row["round_id"] = open_round.id
    if activity.kind == CLOSING:
        return open_round.close(row["received_at"])
    return open_round.add(correct=activity.correct, seconds=activity.seconds, at=row["received_at"])


def facts_of(
    batch: Batch,
    rows: Sequence[Mapping[str, Any]],
    stands: Sequence[Standing],
    ids: Mapping[str, int],
    answers: Mapping[tuple[int, date], int],
) -> list[ActivityFact]:
    """Return what the rooms are told, in the batch's order.

    :param answers: each learner-day's answers after the whole batch.
    """
    codes = {known.id: code for code, known in batch.catalogue.categories.items()}
    later: dict[tuple[int, date], int] = {}
    facts = []
    for row, standing in zip(reversed(rows), reversed(stands), strict=True):
        day = (row["learner_id"], row["local_date"])
        facts.append(
            ActivityFact(
                id=ids[row["client_id"]],
                learner_id=row["learner_id"],
                source_id=row["source_id"],
                client_id=row["client_id"],
                kind=row["kind"],
                category_id=row["category_id"],
                category_code=codes.get(row["category_id"]),
                item_id=row["item_id"],
                correct=row["correct"],
                value=row["value"],
                seconds=row["seconds"],
                received_at=row["received_at"],
                occurred_at=row["occurred_at"],
                trusted_time=row["trusted_time"],
                local_date=row["local_date"],
                predicted=row["predicted"],
                predicted_by=row["predicted_by"],
                streak=standing.streak,
                right_in_a_row=standing.right_in_a_row,
                answers_today=answers[day] - later.get(day, 0),
                round=standing.round,
            )
        )
        later[day] = later.get(day, 0) + (row["correct"] is not None)
    return facts[::-1]
