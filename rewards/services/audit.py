"""Proving that the balances are the ledger's sums, and making them so again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Min, Sum

from learners.api import lock_learners
from learners.common.bulk import upsert
from rewards.levels import disorder
from rewards.models import Balance, LedgerEntry
from rewards.selectors.tariffs import forget, tariffs

CHUNK = 2_000  # learners in one transaction: their pages wait no longer than that takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A balance that is not the sum of its entries."""

    learner_id: int
    currency: str
    balance: int | None  # None: there are entries and no balance
    ledger: int | None  # None: there is a balance and no entry


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """What `verify_ledger` found. Levels are read off the XP and cannot drift; their table can be out of order."""

    entries: int
    balances: int
    drifts: tuple[Drift, ...]
    levels_out_of_order: tuple[int, ...]

    @property
    def sound(self) -> bool:
        return not self.drifts and not self.levels_out_of_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What `rebuild_balances` did."""

    learners: int
    balances: int
    corrected: int


def verify_ledger() -> LedgerReport:
    """Compare every balance with the sum of its entries, in both directions, and the levels with one another."""
    forget()
    drifts = [drift for first, end in _spans() for drift in _confirmed(first, end)]
    return LedgerReport(
        entries=LedgerEntry.objects.count(),
        balances=Balance.objects.count(),
        drifts=tuple(drifts),
        levels_out_of_order=tuple(disorder(tariffs().levels)),
    )


def rebuild_balances(*, now: datetime) -> Rebuilt:
    """Set every balance to the sum of its entries, a chunk of learners at a time under their locks."""
    learners = balances = corrected = 0
    for first, end in _spans():
        with transaction.atomic():
            ids = _learners_between(first, end)
            lock_learners(ids)
            wrong = list(_drifts(learner_id__in=ids))
            rows = [
                {"learner_id": drift.learner_id, "currency": drift.currency, "amount": drift.ledger or 0}
                for drift in wrong
            ]
            upsert(Balance, rows, conflict=["learner_id", "currency"])
            learners += len(ids)
            balances += Balance.objects.filter(learner_id__in=ids).count()
            corrected += len(wrong)
    return Rebuilt(learners=learners, balances=balances, corrected=corrected)


def _confirmed(first: int, end: int) -> list[Drift]:
    """Return the differences in [first, end), looked at again under lock: entries may come between the two sums."""
    suspects = {drift.learner_id for drift in _drifts(learner_id__gte=first, learner_id__lt=end)}
    if not suspects:
        return []
    with transaction.atomic():
        lock_learners(suspects)
        return list(_drifts(learner_id__in=suspects))


def _spans() -> Iterator[tuple[int, int]]:
    """Yield [first, end) ranges of learner ids that cover everybody with an entry or a balance; gaps cost nothing."""
    end = 0
    while True:
        books: tuple[type[LedgerEntry] | type[Balance], ...] = (LedgerEntry, Balance)
        nexts = [book._default_manager.filter(learner_id__gte=end).aggregate(least=Min("learner_id")) for book in books]
        found = [each["least"] for each in nexts if each["least"] is not None]
        if not found:
            return
        first = min(found)
        end = first + CHUNK
        yield first, end


def _learners_between(first: int, end: int) -> list[int]:
    span = {"learner_id__gte": first, "learner_id__lt": end}
    written = LedgerEntry.objects.filter(**span).order_by().values_list("learner_id", flat=True).distinct()
    held = Balance.objects.filter(**span).order_by().values_list("learner_id", flat=True).distinct()
    return sorted({*written, *held})


def _drifts(**span: object) -> Iterator[Drift]:
    """Yield the differences of the learners that ``span`` (filters on both tables) takes in."""
    sums = LedgerEntry.objects.filter(**span).values("learner_id", "currency").annotate(total=Sum("amount"))
    ledger = {(row["learner_id"], row["currency"]): int(row["total"]) for row in sums}
    rows = Balance.objects.filter(**span).values_list("learner_id", "currency", "amount")
    held = {(learner_id, currency): amount for learner_id, currency, amount in rows}
    for key in sorted(ledger.keys() | held.keys()):
        balance, total = held.get(key), ledger.get(key)
        if balance != (total or 0):
            yield Drift(learner_id=key[0], currency=key[1], balance=balance, ledger=total)
