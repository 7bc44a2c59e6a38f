"""Putting chosen challenges into the database, each learner's slot at most once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import IntegrityError, transaction
from numpy.typing import NDArray

from challenges.attempts import Failure
from challenges.drafts import Drafts, Recent
from challenges.models import Challenge, Origin
from challenges.rows import NAMES, columns, to_binary, to_mappings
from challenges.rules import Rules
from learners.api import NewEvent, append_events
from learners.common import bulk

FAILED = "challenge.personal_choice_failed"
SLOT = ("learner_id", "local_date", "slot")


@dataclass(frozen=True, slots=True)
class Made:
    """How many challenges were written, by what chose them, and how many were there already."""

    ml: int = 0
    by_rules: int = 0
    kept: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(self.ml + other.ml, self.by_rules + other.by_rules, self.kept + other.kept)


def write(
    drafts: Drafts, recent: Recent, rules: Rules, *, day: date, model_version: str, now: datetime, bulky: bool
) -> Made:
    """Write the drafts whose slots are free, in the order (learner, slot), inside the caller's transaction.

    Somebody else's rows of the same moment win: what they wrote is kept.

    :param bulky: COPY first, where the database can; a taken slot falls back to ON CONFLICT DO NOTHING.
    """
    _report(drafts, now)
    free = ~recent.taken[:, : drafts.slots] & (drafts.source > 0)
    kept = int(recent.taken.sum())
    if not free.any():
        return Made(kept=kept)
    values = columns(drafts, rules, free, day=day, model_version=model_version, now=now)
    if bulky and bulk.copies(Challenge) and _copied(values):
        ml = int((values["source"] == Origin.ML).sum())
        return Made(ml=ml, by_rules=len(values["source"]) - ml, kept=kept)
    rows = to_mappings(values, day=day, now=now)
    with transaction.atomic(savepoint=bulky):
        sources = [source for (source,) in bulk.insert_new(Challenge, rows, conflict=SLOT, returning=["source"])]
    ml = sources.count(Origin.ML)
    return Made(ml=ml, by_rules=len(sources) - ml, kept=kept + len(rows) - len(sources))


def _report(drafts: Drafts, now: datetime) -> None:
    """Append an event for each part that the personal choice failed, so that someone hears of it."""
    if drafts.failures:
        append_events([_event(failure, drafts) for failure in drafts.failures], now=now)


def _event(failure: Failure, drafts: Drafts) -> NewEvent:
    data = {"error": type(failure.error).__name__, "learners": len(failure.rows)}
    return NewEvent(name=FAILED, learner_id=int(drafts.learner_ids[failure.rows[0]]), data=data)


def _copied(values: dict[str, NDArray[Any]]) -> bool:
    """COPY the rows inside a savepoint; say whether no slot was taken meanwhile."""
    try:
        with transaction.atomic():
            bulk.copy_binary(Challenge, NAMES, np.ascontiguousarray(to_binary(values)).data)
    except IntegrityError:
        return False
    return True
