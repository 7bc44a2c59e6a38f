"""Opening and closing rounds. Closing by hand or by age is an activity too, so the rooms hear of it exactly once."""

from collections.abc import Sequence
from datetime import datetime

from learners.common.bulk import insert_new
from learners.errors import BadRoundLength, RoundClosed, RoundConflict, UnknownRound
from learners.models import Round, Source
from learners.rounds import OPEN_FOR
from learners.services import catalogue
from learners.services.batches import CLOSING, NewActivity
from learners.services.recording import record_activities

LONGEST = 500  # questions; as many as one request may answer
_AT_ONCE = 200


def open_round(
    *,
    source: Source,
    client_id: str,
    learner: str,
    planned: int,
    now: datetime,
    kind: str = "practice",
    category: str | None = None,
) -> Round:
    """Open a round of ``planned`` questions, once per ``client_id``; opened again it is the same round.

    :raises RoundConflict: if the id is taken by another round; :raises BadRoundLength: if it is not 1 to 500 long.
    """
    if not 1 <= planned <= LONGEST:
        raise BadRoundLength()
    known = catalogue.look_up(source=source, learners=[learner], categories=[category or ""], items={}, now=now)
    wanted = {
        "source_id": source.pk,
        "client_id": client_id,
        "learner_id": known.learners[learner],
        "kind": kind,
        "category_id": known.categories[category].id if category else None,
        "planned": planned,
    }
    fresh = {**wanted, "answered": 0, "correct": 0, "seconds": 0.0, "opened_at": now}
    insert_new(Round, [fresh], conflict=["source_id", "client_id"])
    found = Round.objects.get(source=source, client_id=client_id)
    if any(getattr(found, name) != value for name, value in wanted.items()):
        raise RoundConflict()
    return found


def close_round(*, source: Source, client_id: str, now: datetime) -> Round:
    """Close a round before it is full; closed again it stays as it was.

    :raises UnknownRound: if the source opened no such round.
    """
    found = Round.objects.filter(source=source, client_id=client_id).select_related("learner", "category").first()
    if found is None:
        raise UnknownRound([0])
    if found.closed_at is None:
        _close([found], source=source, now=now)
        found.refresh_from_db()
    return found


def close_stale(*, now: datetime) -> int:
    """Close the rounds that were opened more than a day ago; return how many."""
    stale = Round.objects.filter(closed_at=None, opened_at__lte=now - OPEN_FOR)
    closed = 0
    for source in Source.objects.filter(pk__in=stale.values("source")):
        rows = stale.filter(source=source).select_related("learner", "category").order_by("id")
        while page := list(rows[:_AT_ONCE]):
            _close(page, source=source, now=now)
            closed += len(page)
    return closed


def _close(found: Sequence[Round], *, source: Source, now: datetime) -> None:
    activities = [
        NewActivity(
            client_id=f"round:{each.pk}",
            learner=str(each.learner.uuid),
            kind=CLOSING,
            category=each.category.code if each.category else None,
            round=each.client_id,
        )
        for each in found
    ]
    try:
        record_activities(activities=activities, source=source, now=now)
    except RoundClosed:
        if len(found) > 1:  # one filled up meanwhile: the others still have to close
            for each in found:
                _close([each], source=source, now=now)
