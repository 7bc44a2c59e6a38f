"""Making up for handlers that failed: the suspended rest of the chain runs, in order, as if at receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import F

from learners.common.bulk import update_rows
from learners.facts import ActivityFact, Outcome, fact_from_json
from learners.models import Activity, HandlerFailure
from learners.services import chain
from learners.services.moving import lock_learners
from learners.services.recording import store_failures


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many activities were made good and how many still wait."""

    repaired: int
    waiting: int


def replay_activities(*, now: datetime, learner_ids: Iterable[int] | None = None) -> Replayed:
    """Run what waits, learner by learner, each in one transaction under the learner's lock.

    Handlers get the facts, the outcomes of earlier handlers and the time of receipt as they were. What was paid or
    counted already is so by its source, so that a replay after a crash pays nothing twice.
    """
    waiting = HandlerFailure.objects.filter(resolved_at=None)
    if learner_ids is not None:
        waiting = waiting.filter(learner__in=list(learner_ids))
    repaired = 0
    for learner_id in list(waiting.order_by("learner").values_list("learner", flat=True).distinct()):
        repaired += _replay_learner(learner_id, now)
    return Replayed(repaired=repaired, waiting=waiting.count())


@transaction.atomic
def _replay_learner(learner_id: int, now: datetime) -> int:
    """Make good what can be of one learner's, oldest first; the first activity that still fails leaves later ones."""
    repaired = 0
    lock_learners([learner_id])
    failures = HandlerFailure.objects.filter(learner=learner_id, resolved_at=None).order_by("activity")
    facts = [(failure, fact_from_json(failure.fact)) for failure in failures]
    for (handler, received_at), group in groupby(facts, key=lambda one: (one[0].handler, one[1].received_at)):
        part = list(group)
        told = _run_rest([fact for _failure, fact in part], handler=handler, at=received_at)
        if told.failures:
            _still_waiting([failure for failure, _fact in part], told.failures, now)
            break
        HandlerFailure.objects.filter(pk__in=[failure.pk for failure, _fact in part]).update(resolved_at=now)
        repaired += len(part)
    return repaired


def _run_rest(facts: Sequence[ActivityFact], *, handler: str, at: datetime) -> chain.Told:
    """Run ``handler`` and the later ones, a savepoint each: a room that still fails takes nothing from those before."""
    handlers = chain.activity_handlers()
    names = [path for path, _ in handlers]
    start = names.index(handler) if handler in names else len(names)  # a room that was taken out has nothing to do
    stored = dict(Activity.objects.filter(pk__in=[fact.id for fact in facts]).values_list("id", "outcome"))
    earlier = [
        Outcome(activity_id=fact.id, learner_id=fact.learner_id, room=room, data=data)
        for fact in facts
        for room, data in (stored[fact.id] or {}).items()
        if isinstance(data, dict)
    ]
    told = chain.tell_from(facts, handlers=handlers[start:], earlier=earlier, now=at, careful=True)
    chain.follow_ledger(told.entries, now=at, careful=True)
    outcomes = {fact.id: dict(stored[fact.id] or {}) for fact in facts}
    for outcome in told.outcomes:
        outcomes[outcome.activity_id][outcome.room] = dict(outcome.data)
    update_rows(Activity, [{"id": pk, "outcome": outcome} for pk, outcome in outcomes.items()])
    return told


def _still_waiting(failures: Sequence[HandlerFailure], found: Sequence[chain.Failure], now: datetime) -> None:
    """Note the new attempt; where an earlier room is repaired, the activity waits at the one that fails now."""
    at = found[0]  # one learner's part fails as a whole
    rows = HandlerFailure.objects.filter(pk__in=[failure.pk for failure in failures])
    if at.handler == failures[0].handler:
        rows.update(attempts=F("attempts") + 1, error=at.error, failed_at=now)
        return
    rows.update(resolved_at=now)
    store_failures(found, now=now)
