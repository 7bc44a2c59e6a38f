"""Thin doors for Celery; each is safe to run twice and has a command of the same name for cron."""

from dataclasses import asdict

from celery import shared_task

from learners.common import clock
from learners.services import deliveries, replay, rounds, statistics
from learners.services import skills as skill_service


@shared_task(name="gamification.learners.refit_statistics", acks_late=True)
def refit_statistics(**_future: object) -> dict[str, int]:
    """Count right answers by item and category again."""
    version = statistics.refit(now=clock.now())
    return {"version": version.pk, "answers": version.n}


@shared_task(name="gamification.learners.close_stale_rounds", acks_late=True)
def close_stale_rounds(**_future: object) -> dict[str, int]:
    """Close rounds that were opened more than a day ago."""
    return {"closed": rounds.close_stale(now=clock.now())}


@shared_task(name="gamification.learners.deliver_events", acks_late=True)
def deliver_events(**_future: object) -> dict[str, int]:
    """Hand due events to the site's consumers."""
    return asdict(deliveries.deliver_due(now=clock.now()))


@shared_task(name="gamification.learners.replay_activities", acks_late=True)
def replay_activities(**_future: object) -> dict[str, int]:
    """Run again what failed in a room for some learners."""
    return asdict(replay.replay_activities(now=clock.now()))


@shared_task(name="gamification.learners.rebuild_skills", acks_late=True)
def rebuild_skills(**_future: object) -> dict[str, int]:
    """Compute every learner's skills again from their answers."""
    return asdict(skill_service.rebuild_skills())
