"""Background work of the challenges."""

from dataclasses import asdict
from datetime import date

from celery import shared_task

from challenges.selectors.rules import current_settings
from challenges.services.due import generate_due as generate_all_due
from challenges.services.generation import generate_for_day
from learners.api import site_date
from learners.common import clock


@shared_task(name="gamification.challenges.generate_daily", acks_late=True)
def generate_daily(*, day: str | None = None, **_future: object) -> dict[str, object]:
    """Generate the challenges of ``day`` (ISO date; the site's own today without it); safe to run twice.

    Nothing is made while the automation is switched off.
    """
    if not current_settings().automation_on:
        return {"generated": 0, "automation_on": False}
    now = clock.now()
    target = date.fromisoformat(day) if day else site_date(now)
    return asdict(generate_for_day(day=target, now=now))


@shared_task(name="gamification.challenges.generate_due", acks_late=True)
def generate_due(**_future: object) -> list[dict[str, object]]:
    """Make the challenges of every learner whose local day has none; safe to run at any time, in any number."""
    return [asdict(report) for report in generate_all_due(now=clock.now())]
