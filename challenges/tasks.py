"""Background work of the challenges."""

from dataclasses import asdict
from datetime import date, datetime

from celery import current_app, shared_task

from challenges.models import GenerationRun
from challenges.selectors.rules import current_settings, rules_in_force
from challenges.services import reporting, runs
from challenges.services.cleaning import clean_up
from challenges.services.due import open_due
from challenges.services.generation import GenerationReport, report_of, share
from learners.api import site_date
from learners.common import clock

CHUNK_LIVES_SECONDS = 900  # then the next tick sends those that are still needed


@shared_task(name="gamification.challenges.generate_daily", acks_late=True)
def generate_daily(*, day: str | None = None, **_future: object) -> dict[str, object]:
    """Generate the challenges of ``day`` (ISO date; the site's own today without it); safe to run twice.

    Nothing is made while the automation is switched off.
    """
    if not current_settings().automation_on:
        return {"generated": 0, "automation_on": False}
    now = clock.now()
    with reporting.failures_are_told("the day's generation"):
        target = date.fromisoformat(day) if day else site_date(now)
        run = runs.open_run(day=target, zones=(), force=False, rules=rules_in_force(), now=now)
        return asdict(_serve(run, now))


@shared_task(name="gamification.challenges.generate_due", acks_late=True)
def generate_due(**_future: object) -> list[dict[str, object]]:
    """Make the challenges of every learner whose local day has none; safe to run at any time, in any number."""
    now = clock.now()
    with reporting.failures_are_told("the generation of what is due"):
        return [asdict(_serve(run, now)) for run in open_due(now=now)]


@shared_task(name="gamification.challenges.generate_chunk", acks_late=True)
def generate_chunk(*, run_id: int, **_future: object) -> dict[str, object]:
    """Work on one chunk that nobody else works on; nothing happens when none is left."""
    with reporting.failures_are_told("a part of a generation"):
        return asdict(_work(run_id, clock.now(), most_chunks=1))


@shared_task(name="gamification.challenges.clean_up", acks_late=True)
def clean_up_challenges(**_future: object) -> dict[str, int]:
    """Delete challenges past the days to keep that were never completed."""
    return {"deleted": clean_up(now=clock.now())}


def generate_now(*, day: date, now: datetime) -> GenerationReport:
    """Generate ``day`` because someone asked for it, also while the automation is off.

    Where several workers can share it, the report says how far it is when the work has been sent out.
    """
    with reporting.failures_are_told("the generation on demand"):
        return _serve(runs.open_run(day=day, zones=(), force=False, rules=rules_in_force(), now=now), now)


def _serve(run: GenerationRun, now: datetime) -> GenerationReport:
    """Send a task for each waiting chunk, so that all workers share them; a single one is done here."""
    waiting = run.chunks.filter(done_at__isnull=True).count()
    if waiting < 2 or current_app.conf.task_always_eager:
        return _work(run.pk, now)
    for _ in range(waiting):
        generate_chunk.apply_async(kwargs={"run_id": run.pk}, expires=CHUNK_LIVES_SECONDS)
    return report_of(run)


def _work(run_id: int, now: datetime, *, most_chunks: int | None = None) -> GenerationReport:
    report, finished = share(run_id=run_id, now=now, most_chunks=most_chunks)
    if finished:
        reporting.tell([report], now=now)
    return report
