"""Reading the ledger and the balances."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet

from rewards.levels import Progress, progress
from rewards.models import Balance, Currency, LedgerEntry, Level, Price
from rewards.pricing import Earned
from rewards.selectors.tariffs import tariffs


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
    found = Standings()
    if not learner_ids or not days:
        return found
    connection = connections[router.db_for_read(LedgerEntry)]
    learners, dates = ", ".join(["%s"] * len(learner_ids)), ", ".join(["%s"] * len(days))
    params = [*learner_ids, *(connection.ops.adapt_datefield_value(day) for day in days), *learner_ids]
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS.format(learners=learners, dates=dates), params)
        for learner_id, day, reason, times, xp in cursor.fetchall():
            if day is None:
                found.total_xp[learner_id] = int(xp)
            else:
                when = day if isinstance(day, date) else date.fromisoformat(day)  # SQLite has no dates
                found.earned[learner_id, when, reason] = Earned(times=times, xp=int(xp))
    return found


# Every answer asks this. The ORM's union costs 0.7 ms of CPU to build and compile, this 0.1 ms.
_STANDINGS = f"""
SELECT learner_id, local_date, reason, COUNT(*), SUM(amount) FROM {LedgerEntry._meta.db_table}
WHERE learner_id IN ({{learners}}) AND local_date IN ({{dates}}) AND currency = 'xp' GROUP BY 1, 2, 3
UNION ALL
SELECT learner_id, NULL, '', 0, amount FROM {Balance._meta.db_table}
WHERE learner_id IN ({{learners}}) AND currency = 'xp'
"""  # noqa: S608


def price_names() -> Mapping[str, str]:
    """Return the names of priced deeds by code, in the active language; unnamed ones are left out."""
    return {row.code: row.name for row in Price.objects.all() if row.name}
