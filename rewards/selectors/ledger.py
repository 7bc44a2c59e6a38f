"""Reading the ledger and the balances."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, DateField, IntegerField, QuerySet, Sum, Value

from rewards.levels import Progress, progress
from rewards.models import Balance, Currency, LedgerEntry, Level, Price
from rewards.pricing import Earned
from rewards.selectors.tariffs import tariffs

_TOTAL = ""  # no entry has an empty reason


@dataclass(frozen=True, slots=True)
class Standings:
    """What learners stand at before a batch: all their XP, and what each deed paid on the days in question."""

    total_xp: dict[int, int] = field(default_factory=dict)
    earned: dict[tuple[int, date, str], Earned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What one learner has."""

    xp: int
    points: int
    level: Progress
    level_name: str  # in the active language; empty where the site gave it none


def visible_to(actor: Any) -> QuerySet[LedgerEntry]:
    """Return the entries of the learner that the user ``actor`` is."""
    return LedgerEntry.objects.filter(learner__user=actor)


def balance_of(*, learner_id: int, currency: str) -> int:
    """Return what the learner has of ``currency``; 0 before the first entry."""
    amounts = Balance.objects.filter(learner_id=learner_id, currency=currency).values_list("amount", flat=True)
    return amounts.first() or 0


def level_of(*, learner_id: int) -> Progress:
    """Return the learner's level and the way to the next."""
    return progress(balance_of(learner_id=learner_id, currency=Currency.XP), tariffs().levels)


def holdings_of(*, learner_id: int) -> Holdings:
    """Return both balances and the level."""
    amounts = dict(Balance.objects.filter(learner_id=learner_id).values_list("currency", "amount"))
    xp = amounts.get(Currency.XP, 0)
    level = progress(xp, tariffs().levels)
    named = Level.objects.filter(number=level.number).first()
    return Holdings(xp=xp, points=amounts.get(Currency.POINTS, 0), level=level, level_name=named.name if named else "")


def balances_of(*, learner_ids: Collection[int], currency: str) -> dict[int, int]:
    """Return what each learner has of ``currency``; those without an entry are left out."""
    rows = Balance.objects.filter(learner_id__in=learner_ids, currency=currency)
    return dict(rows.values_list("learner_id", "amount"))


def standings(*, learner_ids: Collection[int], days: Collection[date]) -> Standings:
    """Return XP totals and what was earned on ``days``, in one statement; consistent under the learners' locks."""
    earned = (
        LedgerEntry.objects.filter(learner_id__in=learner_ids, local_date__in=days, currency=Currency.XP)
        .values("learner_id", "local_date", "reason")
        .annotate(times=Count("id"), xp=Sum("amount"))
        .values_list("learner_id", "local_date", "reason", "times", "xp")
    )
    totals = (
        Balance.objects.filter(learner_id__in=learner_ids, currency=Currency.XP)
        .annotate(
            no_day=Value(None, output_field=DateField()),
            no_reason=Value(_TOTAL),
            no_times=Value(0, output_field=IntegerField()),
        )
        .values_list("learner_id", "no_day", "no_reason", "no_times", "amount")
    )
    found = Standings()
    for learner_id, day, reason, times, xp in earned.union(totals, all=True):
        if reason == _TOTAL:
            found.total_xp[learner_id] = int(xp)
        else:
            found.earned[learner_id, day, reason] = Earned(times=times, xp=int(xp))
    return found


def price_names() -> Mapping[str, str]:
    """Return the names of priced deeds by code, in the active language; unnamed ones are left out."""
    return {row.code: row.name for row in Price.objects.all() if row.name}
