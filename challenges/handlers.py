"""What this room does when answers arrive."""

from collections.abc import Sequence
from datetime import datetime

from challenges.services.advancing import advance_all
from learners.api import ActivityFact, Outcome


def on_activities(batch: Sequence[ActivityFact], *, earlier: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Move the learners' challenges of the day, which are made first where they are missing."""
    return advance_all(batch, now=now)
