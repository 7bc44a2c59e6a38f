"""Telling the host site after commit; what a rollback takes back is never told."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from django.db import transaction

from learners.api import EntryFact, NewEvent
from rewards.models import LedgerEntry, Level
from rewards.signals import level_reached, points_granted


def announce(*, entries: Sequence[EntryFact], events: Sequence[NewEvent]) -> None:
    """Send the host's signals once this transaction is committed."""
    if points_granted.has_listeners(LedgerEntry) or level_reached.has_listeners(Level):
        transaction.on_commit(partial(_send, tuple(entries), tuple(events)), robust=True)


def _send(entries: tuple[EntryFact, ...], events: tuple[NewEvent, ...]) -> None:
    by_learner = sorted(entries, key=_learner)
    for learner_id, mine in groupby(by_learner, key=_learner):
        points_granted.send_robust(sender=LedgerEntry, learner_id=learner_id, entries=tuple(mine))
    for event in events:
        level_reached.send_robust(
            sender=Level, learner_id=event.learner_id, level=event.data["level"], total_xp=event.data["total_xp"]
        )


def _learner(entry: EntryFact) -> int:
    return entry.learner_id
