"""Erasing what a learner said of challenges; what was asked and done stays with the tombstone."""

from datetime import datetime

from challenges.models import ChallengeRating
from learners.api import LearnerProfile


def forget(*, learner: LearnerProfile, now: datetime) -> None:
    """Erase the opinions of ``learner``."""
    ChallengeRating.objects.filter(challenge__learner=learner).delete()
