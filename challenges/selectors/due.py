"""Who a generation is for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from challenges.models import Challenge, GenerationRun, Status
from learners.api import LearnerProfile, day_start, local_date


def scope_of(run: GenerationRun, *, inactivity_days: int, now: datetime) -> Q:
    """Return the condition on a learner whom the run serves: active lately, and due where the run is for zones."""
    active = Q(
        forgotten_at__isnull=True, state__last_at__gte=day_start(run.local_date) - timedelta(days=inactivity_days)
    )
    return active & due(run.local_date, run.zones, now) if run.zones else active


def due(day: date, zones: Sequence[str], now: datetime) -> Q:
    """Return the condition on a learner who lives in one of ``zones`` now and has no challenge of ``day``."""
    moved = Q(next_zone_at__lte=now) & ~Q(next_zone="")
    lives_there = (Q(zone__in=zones) & ~moved) | (Q(next_zone__in=zones) & moved)
    there = Challenge.objects.filter(learner=OuterRef("pk"), local_date=day)
    return lives_there & ~Q(Exists(there))


def zones_by_day(now: datetime) -> dict[date, list[str]]:
    """Return the learners' zones in order, by the calendar day that it is there at ``now``."""
    named = set(LearnerProfile.objects.order_by().values_list("zone", flat=True).distinct())
    coming = LearnerProfile.objects.order_by().filter(next_zone_at__lte=now).exclude(next_zone="")
    days: dict[date, list[str]] = {}
    for zone in sorted(named.union(coming.values_list("next_zone", flat=True).distinct())):
        days.setdefault(local_date(zone, now), []).append(zone)
    return dict(sorted(days.items()))


def untouched(day: date) -> Q:
    """Return the condition on a challenge of ``day`` that nobody has begun or rated.

    Those that administrators wrote are among them: a new choice gives them again, in their order.
    """
    return Q(local_date=day, status=Status.OPEN, progress=0, answered=0, attempt_at=None, rating=None)
