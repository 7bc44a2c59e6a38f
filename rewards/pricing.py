"""What a deed pays: arithmetic only, exact in Decimal and cut to whole XP at the very end."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Limit(StrEnum):
    """What kept an award below its plain price; the last one that bit is told."""

    NONE = ""
    MOST = "most"  # the most one award may pay
    DIMINISHED = "diminished"  # done so often today that it pays less
    CAPPED = "capped"  # the day's cap for this kind of deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """A price row as arithmetic sees it."""

    code: str
    base: Decimal
    scale: Decimal = Decimal(0)
    most_per_award: int | None = None
    daily_cap: int | None = None
    full_times: int | None = None
    later_share: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Quote:
    """What an award pays and which limit, if any, lowered it."""

    xp: int
    limit: Limit


@dataclass(slots=True)
class Earned:
    """What one kind of deed has paid a learner on one day so far."""

    times: int = 0
    xp: int = 0


def quote(tariff: Tariff, *, quantity: Decimal | int = 0, earned: Earned | None = None) -> Quote:
    """Return what the next award pays after ``earned`` of the same kind on the same day.

    The day's total never falls with more deeds and each deed pays no more than the one before it (for one quantity).
    """
    earned = earned or Earned()
    limit = Limit.NONE
    price = tariff.base + tariff.scale * quantity
    if tariff.most_per_award is not None and price > tariff.most_per_award:
        price, limit = Decimal(tariff.most_per_award), Limit.MOST
    if tariff.full_times and earned.times >= tariff.full_times and tariff.later_share < 1:
        price, limit = price * tariff.later_share ** (earned.times // tariff.full_times), Limit.DIMINISHED
    xp = int(price)
    if tariff.daily_cap is not None and earned.xp + xp > tariff.daily_cap:
        xp, limit = max(0, tariff.daily_cap - earned.xp), Limit.CAPPED
    return Quote(xp=xp, limit=limit)
