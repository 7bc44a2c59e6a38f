"""Proving that the balances are the ledger's sums, and making them so again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum

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
    highest = _highest_learner()
    drifts = [drift for first in range(0, highest + 1, CHUNK) for drift in _confirmed(first, first + CHUNK)]
    return LedgerReport(
        entries=LedgerEntry.objects.count(),
        balances=Balance.objects.count(),
        drifts=tuple(drifts),
        levels_out_of_order=tuple(disorder(tariffs().levels)),
    )


def rebuild_balances(*, now: datetime) -> Rebuilt:
    """Set every balance to the sum of its entries, a chunk of learners at a time under their locks."""
    learners = balances = corrected = 0
    for first in range(0, _highest_learner() + 1, CHUNK):
        with transaction.atomic():
            ids = _learners_between(first, first + CHUNK)
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


def _highest_learner() -> int:
    """Return the highest id that has an entry or a balance."""
    written = LedgerEntry.objects.aggregate(most=Max("learner_id"))["most"] or 0
    held = Balance.objects.aggregate(most=Max("learner_id"))["most"] or 0
    return max(written, held)


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
