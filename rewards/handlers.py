"""What an activity pays: right answers, runs of them, closed rounds, and the day's first practice.

Three statements for a batch of any size: where its learners stand, the entries, the balances.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from learners.api import ActivityFact, EntryFact, NewEvent, Outcome
from rewards.levels import Threshold, progress
from rewards.pricing import Earned, Limit, quote
from rewards.selectors.ledger import Standings, standings
from rewards.selectors.tariffs import Tariffs, tariffs
from rewards.services.ledger import XP, NewEntry, write_entries

ROOM = "rewards"
RUNS = {5: "question_streak_5", 10: "question_streak_10"}  # right answers in a row


@dataclass(frozen=True, slots=True)
class Deed:
    """Something an activity did that has a price."""

    code: str
    source: str
    quantity: int = 0


@dataclass(slots=True)
class Line:
    """One priced deed of an activity and what is to be paid for it."""

    reason: str
    source: str
    xp: int
    limit: Limit


@dataclass(slots=True)
class Bill:
    """What one activity is to be paid."""

    fact: ActivityFact
    lines: list[Line] = field(default_factory=list)

    def entries(self) -> Iterator[NewEntry]:
        for line in self.lines:
            if line.xp:
                yield NewEntry(
                    learner_id=self.fact.learner_id,
                    currency=XP,
                    amount=line.xp,
                    source=line.source,
                    reason=line.reason,
                    local_date=self.fact.local_date,
                )


def on_activities(batch: Sequence[ActivityFact], *, earlier: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Pay the XP that activities earn, each deed once, and say for each activity what was paid and why not more."""
    if not batch:
        return []
    in_force = tariffs()
    before = standings(learner_ids={fact.learner_id for fact in batch}, days={fact.local_date for fact in batch})
    bills = [_bill(fact, in_force, before) for fact in batch]
    wanted = [entry for bill in bills for entry in bill.entries()]
    written = write_entries(entries=wanted, now=now, levels=in_force.levels)
    paid = {(entry.learner_id, entry.source): entry for entry in written.entries}
    reached = {(event.learner_id, event.data["level"]): event for event in written.events}
    totals = dict(before.total_xp)
    return [_outcome(bill, paid, reached, totals, in_force.levels) for bill in bills]


def deeds(fact: ActivityFact) -> Iterator[Deed]:
    """Yield what ``fact`` did that may have a price; each source is the same whenever and however often it is told."""
    closes_only = fact.round is not None and fact.correct is None  # perhaps the clock did it, not the learner
    if not closes_only:
        yield Deed("daily_login", f"day:{fact.local_date.isoformat()}:daily_login")
    if fact.correct:
        yield Deed("question_correct", f"activity:{fact.id}:question_correct")
        if fact.right_in_a_row in RUNS:
            code = RUNS[fact.right_in_a_row]
            yield Deed(code, f"activity:{fact.id}:{code}")
    if fact.round is not None and fact.round.closed_by_this and fact.round.answered:
        yield Deed("quiz_complete", f"round:{fact.round.id}:quiz_complete", fact.round.answered)
        if fact.round.faultless:
            yield Deed("quiz_perfect", f"round:{fact.round.id}:quiz_perfect", fact.round.answered)


def _bill(fact: ActivityFact, in_force: Tariffs, before: Standings) -> Bill:
    """Price the deeds of ``fact`` and count them into the day's earnings in ``before``."""
    bill = Bill(fact)
    for deed in deeds(fact):
        tariff = in_force.prices.get(deed.code)
        earned = before.earned.setdefault((fact.learner_id, fact.local_date, deed.code), Earned())
        once_a_day = deed.source.startswith("day:")
        if tariff is None or (once_a_day and earned.times):
            continue
        offer = quote(tariff, quantity=deed.quantity, earned=earned)
        if offer.xp:
            earned.times += 1
            earned.xp += offer.xp
        if offer.xp or offer.limit:
            bill.lines.append(Line(reason=deed.code, source=deed.source, xp=offer.xp, limit=offer.limit))
    return bill


def _outcome(
    bill: Bill,
    paid: dict[tuple[int, str], EntryFact],
    reached: dict[tuple[int, int], NewEvent],
    totals: dict[int, int],
    levels: Sequence[Threshold],
) -> Outcome:
    """Say what became of ``bill``, and move its learner's total on in ``totals``; bills come in the batch's order."""
    learner_id = bill.fact.learner_id
    entries: list[EntryFact] = []
    lines: list[dict[str, Any]] = []
    for line in bill.lines:
        entry = paid.pop(
            (learner_id, line.source), None
        )  # a deed that stands twice in a batch is paid where it is first
        if entry is not None:
            entries.append(entry)
        lines.append(_told(line, entry))
    xp = sum(entry.amount for entry in entries)
    start = totals.get(learner_id, 0)
    total = totals[learner_id] = start + xp
    events = tuple(
        reached.pop((learner_id, level.number))
        for level in levels
        if start < level.xp_from <= total and (learner_id, level.number) in reached
    )
    standing = progress(total, levels)
    level = {
        "number": standing.number,
        "xp_from": standing.xp_from,
        "next_xp": standing.next_xp,
        "share": standing.share,
        "reached": [event.data["level"] for event in events],
    }
    data = {"xp": xp, "total_xp": total, "entries": lines, "level": level}
    return Outcome(
        activity_id=bill.fact.id, learner_id=learner_id, room=ROOM, data=data, events=events, entries=tuple(entries)
    )


def _told(line: Line, entry: EntryFact | None) -> dict[str, Any]:
    if entry is not None:
        return {"reason": line.reason, "xp": entry.amount, "status": "applied", "limit": line.limit or None}
    status = "already_paid" if line.xp else "not_paid"
    return {"reason": line.reason, "xp": 0, "status": status, "limit": line.limit or None}
