"""Whose local day has no challenges yet? Asked every few minutes, since each zone's midnight is someone's."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from challenges.models import Challenge
from challenges.selectors.rules import current_settings
from challenges.services.generation import GenerationReport, generate_for_day
from learners.api import LearnerProfile, day_start, local_date


def generate_due(*, now: datetime) -> list[GenerationReport]:
    """Make the missing challenges of every learner's own today; a report for each calendar day that had any.

    A missed midnight is caught up at the next call, and only for today. Nothing is made while the automation is off.
    """
    settings = current_settings()
    if not settings.automation_on:
        return []
    days: dict[date, list[str]] = defaultdict(list)
    for zone in LearnerProfile.objects.order_by().values_list("zone", flat=True).distinct():
        days[local_date(zone, now)].append(zone)
    reports = []
    for day, zones in sorted(days.items()):
        due = _without_challenges(day, zones)
        since = day_start(day) - timedelta(days=settings.inactivity_days)
        if LearnerProfile.objects.filter(due, forgotten_at__isnull=True, state__last_at__gte=since).exists():
            reports.append(generate_for_day(day=day, now=now, among=due))
    return reports


def _without_challenges(day: date, zones: list[str]) -> Q:
    there = Challenge.objects.filter(learner=OuterRef("pk"), local_date=day)
    return Q(zone__in=zones) & ~Q(Exists(there))
