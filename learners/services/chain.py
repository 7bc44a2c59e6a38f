"""Telling each room of new activities, in order, and surviving a room that fails.

The fast path has no savepoints. When a handler raises, the whole batch is rolled back and run again carefully: a
savepoint per handler, bisected by learner. A learner whose handler fails keeps the answer; that handler and all later
ones wait for `replay`.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db import InterfaceError, OperationalError, transaction
from django.utils.module_loading import import_string

from learners import conf
from learners.conf import learner_settings
from learners.facts import ActivityFact, EntryFact, Outcome
from learners.services.events import append_events

logger = logging.getLogger(__name__)

Handler = Callable[..., list[Outcome]]
MOST_FAILING_LEARNERS = 8  # in one batch; then the rest of it is suspended for that handler unbisected
_ERROR_LENGTH = 300


class HandlerRaised(Exception):
    """A handler failed on the fast path; the batch must be rolled back and run again carefully."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One activity that waits at ``handler``."""

    fact: ActivityFact
    handler: str
    error: str


@dataclass(slots=True)
class Told:
    """What the rooms answered, and who waits."""

    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def entries(self) -> list[EntryFact]:
        return [entry for outcome in self.outcomes for entry in outcome.entries]


def activity_handlers() -> list[tuple[str, Handler]]:
    """Return the installed rooms' handlers by dotted name, in their listed order."""
    return _load(learner_settings().activity_handlers)


@lru_cache(maxsize=16)
def _load(paths: tuple[str, ...]) -> list[tuple[str, Handler]]:
    return [(path, import_string(path)) for path in paths if conf.is_there(path)]


def tell(facts: Sequence[ActivityFact], *, now: datetime, careful: bool) -> Told:
    """Run every handler over ``facts`` and append their events, then the points handlers over all entries.

    :raises HandlerRaised: on the fast path, if a handler fails for another reason than the database.
    """
    told = tell_from(facts, handlers=activity_handlers(), earlier=[], now=now, careful=careful)
    follow_ledger(told.entries, now=now, careful=careful)
    return told


def tell_from(
    facts: Sequence[ActivityFact],
    *,
    handlers: Sequence[tuple[str, Handler]],
    earlier: Sequence[Outcome],
    now: datetime,
    careful: bool,
) -> Told:
    """Run ``handlers`` over ``facts``; ``earlier`` are outcomes of handlers that ran before them."""
    told = Told()
    waiting: set[int] = set()
    for path, handler in handlers:
        batch = [fact for fact in facts if fact.learner_id not in waiting]
        if not batch:
            break
        before = [*earlier, *told.outcomes]
        if careful:
            outcomes, failures = _bisect(path, handler, batch, before, now)
            told.failures += failures
            waiting |= {failure.fact.learner_id for failure in failures}
        else:
            outcomes = _call(path, handler, batch, before, now)
        told.outcomes += outcomes
    return told


def run_points_handlers(entries: Sequence[EntryFact], *, now: datetime) -> None:
    """Tell the rooms that follow the ledger what was written; they write no entries themselves."""
    if entries:
        for _path, handler in _load(learner_settings().points_handlers):
            handler(entries, now=now)


def follow_ledger(entries: Sequence[EntryFact], *, now: datetime, careful: bool) -> None:
    """Run the points handlers; on the careful path one that fails leaves its board behind, to be rebuilt."""
    try:
        with transaction.atomic() if careful else nullcontext():
            run_points_handlers(entries, now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if not careful:
            raise HandlerRaised("points") from error
        logger.exception("A points handler failed; its boards must be rebuilt from the ledger.")


def _call(
    path: str, handler: Handler, batch: Sequence[ActivityFact], earlier: Sequence[Outcome], now: datetime
) -> list[Outcome]:
    try:
        return _run(handler, batch, earlier, now)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, never a handler's
    except Exception as error:
        raise HandlerRaised(path) from error


def _run(handler: Handler, batch: Sequence[ActivityFact], earlier: Sequence[Outcome], now: datetime) -> list[Outcome]:
    outcomes = handler(batch, earlier=earlier, now=now)
    append_events([event for outcome in outcomes for event in outcome.events], now=now)
    return outcomes


def _bisect(
    path: str, handler: Handler, batch: Sequence[ActivityFact], earlier: Sequence[Outcome], now: datetime
) -> tuple[list[Outcome], list[Failure]]:
    """Run ``handler`` over as much of ``batch`` as it can bear."""
    outcomes: list[Outcome] = []
    failures: list[Failure] = []
    parts = [list(batch)]
    while parts:
        part = parts.pop()
        learners = sorted({fact.learner_id for fact in part})
        try:
            mine = set(learners)
            with transaction.atomic():
                outcomes += _run(handler, part, [past for past in earlier if past.learner_id in mine], now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a room raises, the others go on
            failing = len({failure.fact.learner_id for failure in failures})
            if len(learners) == 1 or failing >= MOST_FAILING_LEARNERS:
                failures += [Failure(fact, path, said(error)) for fact in part]
                continue
            first = set(learners[: len(learners) // 2])
            parts.append([fact for fact in part if fact.learner_id not in first])
            parts.append([fact for fact in part if fact.learner_id in first])
    return outcomes, failures


def said(error: BaseException) -> str:
    """Return class and first line of ``error``, as a failure row stores it."""
    first_line = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first_line}"[:_ERROR_LENGTH]
