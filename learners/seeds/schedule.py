"""When the tasks of all rooms run unless an administrator decides otherwise; times are UTC.

Tasks are named, not imported: the apps above need not be installed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A task and its crontab: minute and hour as cron writes them."""

    task: str
    minute: str
    hour: str = "*"


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled(task="gamification.learners.deliver_events", minute="*"),
    Scheduled(task="gamification.learners.close_stale_rounds", minute="*/15"),
    Scheduled(task="gamification.learners.replay_activities", minute="7", hour="*"),
    Scheduled(task="gamification.learners.refit_statistics", minute="20", hour="*"),
    Scheduled(task="gamification.challenges.generate_due", minute="*/15"),  # each zone's midnight is someone's
    Scheduled(task="gamification.challenges.clean_up", minute="50", hour="2"),  # night in Europe
    Scheduled(task="gamification.rewards.verify_ledger", minute="40", hour="1"),  # night in Europe
)
