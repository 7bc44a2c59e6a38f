"""Rooms of our own for the tests of the chain: they write events, and fail when told to."""

from collections.abc import Sequence
from datetime import datetime

from learners.facts import ActivityFact, EntryFact, NewEvent, Outcome

failing: set[int] = set()  # learners for whom `shaky` raises
failing_last: set[int] = set()  # learners for whom `last` raises
failing_boards: list[bool] = []  # whether `on_points` raises
calls: list[int] = []  # the size of each batch `shaky` was given
heard: list[EntryFact] = []


def forget() -> None:
    failing.clear()
    failing_last.clear()
    failing_boards.clear()
    calls.clear()
    heard.clear()


def first(batch: Sequence[ActivityFact], *, earlier: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Say a word about each activity."""
    return [_outcome("first", fact, "first.done") for fact in batch]


def shaky(batch: Sequence[ActivityFact], *, earlier: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Do the same, but raise where a learner is marked as failing; it needs what `first` said."""
    calls.append(len(batch))
    known = {outcome.activity_id for outcome in earlier if outcome.room == "first"}
    assert all(fact.id in known for fact in batch)
    outcomes = [_outcome("shaky", fact, "shaky.done") for fact in batch]
    if any(fact.learner_id in failing for fact in batch):
        raise ValueError("this learner cannot be served\nsecond line")
    return outcomes


def last(batch: Sequence[ActivityFact], *, earlier: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Build on what `shaky` said, and write an entry."""
    known = {outcome.activity_id for outcome in earlier if outcome.room == "shaky"}
    assert all(fact.id in known for fact in batch)
    if any(fact.learner_id in failing_last for fact in batch):
        raise ValueError("the last room cannot serve this learner")
    return [_outcome("last", fact, "last.done", pays=True) for fact in batch]


def on_points(entries: Sequence[EntryFact], *, now: datetime) -> None:
    """Hear of the ledger, unless a board is broken."""
    if failing_boards:
        raise RuntimeError("the board is broken")
    heard.extend(entries)


def _outcome(room: str, fact: ActivityFact, event: str, *, pays: bool = False) -> Outcome:
    entry = EntryFact(
        learner_id=fact.learner_id,
        currency="xp",
        amount=1,
        source=f"activity:{fact.id}",
        reason=room,
        local_date=fact.local_date,
    )
    return Outcome(
        activity_id=fact.id,
        learner_id=fact.learner_id,
        room=room,
        data={"at": fact.received_at.isoformat(), "streak": fact.streak},
        events=(NewEvent(name=event, learner_id=fact.learner_id, data={"activity": fact.id}),),
        entries=(entry,) if pays else (),
    )
