"""The learner's own calendar: which day an instant falls on, and when the next one begins."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_date(zone: str, now: datetime) -> date:
    """Return the calendar day of ``now`` in IANA ``zone``."""
    return now.astimezone(ZoneInfo(zone)).date()


def next_midnight(zone: str, now: datetime) -> datetime:
    """Return the instant (UTC) at which the next day begins in ``zone``; the first one where clocks go back."""
    tomorrow = local_date(zone, now) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, ZoneInfo(zone)).astimezone(UTC)


def effective_zone(zone: str, next_zone: str, next_zone_at: datetime | None, now: datetime) -> str:
    """Return the zone in force at ``now``, given a change that may be under way."""
    if next_zone and next_zone_at is not None and next_zone_at <= now:
        return next_zone
    return zone


def days_between(earlier: datetime, later: datetime) -> float:
    """Return elapsed days, never below 0."""
    return max((later - earlier).total_seconds(), 0.0) / 86_400
