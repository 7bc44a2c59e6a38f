"""Whose local day has no challenges yet? Asked every few minutes, since each zone's midnight is someone's."""

from datetime import date, datetime, timedelta

from challenges.models import GenerationRun, RunState
from challenges.selectors.due import due, zones_by_day
from challenges.selectors.rules import current_settings, rules_in_force
from challenges.services import runs
from challenges.services.generation import GenerationReport, work_on
from learners.api import LearnerProfile, day_start


def generate_due(*, now: datetime) -> list[GenerationReport]:
    """Make the missing challenges of every learner's own today; a report for each run that had work.

    A missed midnight is caught up at the next call, and only for today. Nothing is made while the automation is off.
    """
    return [work_on(run_id=run.pk, now=now) for run in open_due(now=now)]


def open_due(*, now: datetime) -> list[GenerationRun]:
    """Return the runs that have work now: those that were stopped, and one for each calendar day with learners due."""
    settings = current_settings()
    if not settings.automation_on:
        return []
    days = zones_by_day(now)
    if not days:
        return []
    runs.stop_passed(today=list(days), now=now)
    found = {run.pk: run for run in GenerationRun.objects.filter(state=RunState.RUNNING, local_date__in=days)}
    for day, zones in days.items():
        if _someone_is_due(day, zones, settings.inactivity_days, now):
            run = runs.open_run(day=day, zones=zones, force=False, rules=rules_in_force(), now=now)
            found[run.pk] = run
    return list(found.values())


def _someone_is_due(day: date, zones: list[str], inactivity_days: int, now: datetime) -> bool:
    since = day_start(day) - timedelta(days=inactivity_days)
    people = LearnerProfile.objects.filter(due(day, zones, now), forgotten_at__isnull=True, state__last_at__gte=since)
    return people.exists()
