"""Writing the ledger: every movement of XP and points passes `write_entries`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from learners.api import (
    EntryFact,
    LearnerProfile,
    NewEvent,
    append_events,
    lock_learners,
    run_points_handlers,
)
from learners.common.bulk import accumulate, insert_new
from rewards.errors import RewardsError
from rewards.levels import Threshold, crossed
from rewards.models import Balance, Currency, LedgerEntry
from rewards.models.ledger import MOST_PER_ENTRY
from rewards.selectors.tariffs import tariffs
from rewards.services.announcements import announce

XP, POINTS = Currency.XP.value, Currency.POINTS.value
CORRECTION = "correction"  # the only reason for which XP falls
LEVEL_REACHED = "level.reached"
LONGEST_SOURCE = 120
LONGEST_REASON = 40
_KEY = ("learner_id", "currency", "source")
_ONCE = _KEY  # what the database lets in only once

BalanceKey = tuple[int, str]


class InsufficientBalance(RewardsError):
    """More would be spent, or taken back, than there is."""

    status, code = 409, "insufficient-balance"
    title = _("There are not enough points for this.")


class AmountOutOfBounds(RewardsError):
    """An entry moves at least 1 and at most a million, up or down."""

    code = "amount-out-of-bounds"
    title = _("The amount must be from 1 to 1,000,000, up or down.")


class BadSource(RewardsError):
    """An entry says what it is for (source 1–120 characters, reason 1–40), in a currency that exists."""

    code = "bad-source"
    title = _("Source, reason or currency of the entry is missing, too long or unknown.")


class XpCannotBeSpent(RewardsError):
    """XP falls by corrections only."""

    code = "xp-cannot-be-spent"
    title = _("XP can be earned or corrected, not spent.")


class LearnerNotLocked(RewardsError):
    """Ledger work writes for the learners it locked, and for nobody else."""

    status, code = 500, "learner-not-locked"
    title = _("The learner was not locked for this ledger work.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry to write; ``source`` pays a learner once in each currency, for ever."""

    learner_id: int
    currency: str
    amount: int
    source: str
    reason: str  # a code: question_correct, challenge, …
    local_date: date  # the learner's day


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was really written: known sources are left out."""

    entries: tuple[EntryFact, ...] = ()
    balances: Mapping[BalanceKey, int] = field(default_factory=dict)  # after, of those that moved
    events: tuple[NewEvent, ...] = ()  # level.reached, not yet appended


def write_entries(*, entries: Sequence[NewEntry], now: datetime, levels: Sequence[Threshold] | None = None) -> Written:
    """Write the entries whose sources are new and move the balances: two statements for any number of gains.

    For handlers, whose caller holds the learners' locks and appends ``events`` from their outcomes. Everyone else takes
    `grant_many` inside `ledger_work`. All or nothing.

    :raises InsufficientBalance: if a balance would fall below zero; nothing is written then.
    """
    wanted = _first_of_each_source(entries)
    if not wanted:
        return Written()
    with transaction.atomic(savepoint=_may_be_refused(entries)):
        rows = [_row(entry, now) for entry in wanted.values()]
        new = set(insert_new(LedgerEntry, rows, conflict=_ONCE, returning=_KEY))
        facts = tuple(_fact(entry) for key, entry in wanted.items() if key in new)
        if not facts:
            return Written()
        moves = _sums(facts)
        balances = _move(moves)
    events = tuple(_levels_reached(moves, balances, tariffs().levels if levels is None else levels))
    announce(entries=facts, events=events)
    return Written(entries=facts, balances=balances, events=events)


def grant_many(*, entries: Sequence[NewEntry], now: datetime) -> list[EntryFact]:
    """Write the entries whose sources are new, append ``level.reached`` for each level crossed, and return them.

    The caller holds the learners' locks: an activity handler does, all others use `ledger_work`.

    :raises InsufficientBalance: if a balance would fall below zero; nothing is written then.
    """
    with transaction.atomic(savepoint=_may_be_refused(entries)):
        written = write_entries(entries=entries, now=now)
        if written.events:
            append_events(written.events, now=now)
    return list(written.entries)


class LedgerWork:
    """Ledger writing under the learners' locks; collects what was written for the rooms that follow the ledger."""

    def __init__(self, learners: Mapping[int, LearnerProfile], now: datetime) -> None:
        self.learners = learners
        self.now = now
        self.written: list[EntryFact] = []

    def grant_many(self, entries: Sequence[NewEntry]) -> list[EntryFact]:
        """Write entries of locked learners, as `grant_many` does.

        :raises LearnerNotLocked: if an entry belongs to somebody else.
        """
        if any(entry.learner_id not in self.learners for entry in entries):
            raise LearnerNotLocked()
        new = grant_many(entries=entries, now=self.now)
        self.written += new
        return new

    def local_date(self, learner_id: int) -> date:
        """Return the day it is for a locked learner."""
        return self.learners[learner_id].local_date(self.now)


@contextmanager
def ledger_work(*, learner_ids: Iterable[int], now: datetime) -> Iterator[LedgerWork]:
    """Open a transaction, lock the learners in id order, and tell the points handlers at the end what was written."""
    with transaction.atomic():
        work = LedgerWork(lock_learners(learner_ids), now)
        yield work
        run_points_handlers(work.written, now=now)


def grant(
    *, learner: LearnerProfile, currency: str, amount: int, source: str, now: datetime, reason: str = ""
) -> LedgerEntry:
    """Write one entry, or return the one that ``source`` has already paid.

    :param reason: a code; the part of ``source`` before its colon unless given.
    :raises InsufficientBalance: if a balance would fall below zero.
    """
    with ledger_work(learner_ids=[learner.pk], now=now) as work:
        entry = NewEntry(
            learner_id=learner.pk,
            currency=currency,
            amount=amount,
            source=source,
            reason=reason or source.partition(":")[0],
            local_date=work.local_date(learner.pk),
        )
        work.grant_many([entry])
    return LedgerEntry.objects.get(learner=learner, currency=currency, source=source)


def _may_be_refused(entries: Iterable[NewEntry]) -> bool:
    """Say whether a savepoint is worth its statements: a refused purchase must not spoil the caller's transaction."""
    return any(entry.amount < 0 for entry in entries)


def _first_of_each_source(entries: Iterable[NewEntry]) -> dict[tuple[int, str, str], NewEntry]:
    first: dict[tuple[int, str, str], NewEntry] = {}
    for entry in entries:
        _check(entry)
        first.setdefault((entry.learner_id, entry.currency, entry.source), entry)
    return first


def _check(entry: NewEntry) -> None:
    if entry.amount == 0 or abs(entry.amount) > MOST_PER_ENTRY:
        raise AmountOutOfBounds()
    named = 0 < len(entry.source) <= LONGEST_SOURCE and 0 < len(entry.reason) <= LONGEST_REASON
    if not named or entry.currency not in Currency.values:
        raise BadSource()
    if entry.currency == XP and entry.amount < 0 and entry.reason != CORRECTION:
        raise XpCannotBeSpent()


def _row(entry: NewEntry, now: datetime) -> dict[str, object]:
    return {
        "learner_id": entry.learner_id,
        "currency": entry.currency,
        "amount": entry.amount,
        "source": entry.source,
        "reason": entry.reason,
        "local_date": entry.local_date,
        "created_at": now,
    }


def _fact(entry: NewEntry) -> EntryFact:
    return EntryFact(
        learner_id=entry.learner_id,
        currency=entry.currency,
        amount=entry.amount,
        source=entry.source,
        reason=entry.reason,
        local_date=entry.local_date,
    )


def _sums(facts: Iterable[EntryFact]) -> dict[BalanceKey, int]:
    """Return the net movement of each balance, by learner and currency, in that order."""
    sums: dict[BalanceKey, int] = {}
    for fact in facts:
        key = (fact.learner_id, fact.currency)
        sums[key] = sums.get(key, 0) + fact.amount
    return dict(sorted(sums.items()))


def _move(moves: Mapping[BalanceKey, int]) -> dict[BalanceKey, int]:
    """Move the balances and return what they are now."""
    rises = [
        {"learner_id": learner_id, "currency": currency, "amount": amount}
        for (learner_id, currency), amount in moves.items()
        if amount >= 0
    ]
    returning = ("learner_id", "currency", "amount")
    moved = accumulate(Balance, rises, conflict=("learner_id", "currency"), add=("amount",), returning=returning)
    balances = {(learner_id, currency): amount for learner_id, currency, amount in moved}
    return balances | _lower({key: amount for key, amount in moves.items() if amount < 0})


def _lower(falls: Mapping[BalanceKey, int]) -> dict[BalanceKey, int]:
    """Lower existing balances; an upsert cannot, because its CHECK looks at the row it would have inserted."""
    if not falls:
        return {}
    touched = Q()
    steps = []
    for (learner_id, currency), amount in falls.items():
        touched |= Q(learner_id=learner_id, currency=currency)
        steps.append(When(learner_id=learner_id, currency=currency, then=Value(amount)))
    rows = Balance.objects.filter(touched)
    try:
        lowered = rows.update(amount=F("amount") + Case(*steps))
    except IntegrityError as error:
        raise InsufficientBalance() from error
    if lowered < len(falls):
        raise InsufficientBalance()
    return {(learner_id, currency): now for learner_id, currency, now in rows.values_list(*_BALANCE)}


_BALANCE = ("learner_id", "currency", "amount")


def _levels_reached(
    moves: Mapping[BalanceKey, int], balances: Mapping[BalanceKey, int], levels: Sequence[Threshold]
) -> Iterator[NewEvent]:
    """Yield an event for each level crossed; one that was lost by a correction is reached, and told, again."""
    for (learner_id, currency), amount in moves.items():
        if currency != XP:
            continue
        after = balances[learner_id, currency]
        for number in crossed(after - amount, after, levels):
            yield NewEvent(name=LEVEL_REACHED, learner_id=learner_id, data={"level": number, "total_xp": after})
