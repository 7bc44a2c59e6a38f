"""Appending to the event log, and a delivery for each consumer the host listens with."""

from collections.abc import Sequence
from datetime import datetime

from learners.common.bulk import insert_all
from learners.conf import learner_settings
from learners.facts import NewEvent
from learners.models import Delivery, Event


def append_events(events: Sequence[NewEvent], *, now: datetime) -> None:
    """Append ``events`` in one statement, and their deliveries in another where the site has consumers."""
    consumers = sorted(learner_settings().consumers)
    rows = [
        {"name": event.name, "learner_id": event.learner_id, "data": dict(event.data), "happened_at": now}
        for event in events
    ]
    ids = insert_all(Event, rows, returning=["id"] if consumers else [])
    insert_all(
        Delivery,
        [
            {"event_id": event_id, "consumer": consumer, "attempts": 0, "not_before": now, "error": ""}
            for (event_id,) in ids
            for consumer in consumers
        ],
    )
