"""Letting a challenge go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.errors import ChallengesError
from challenges.models import Challenge, Status
from learners.api import NewEvent, append_events, lock_learners

ABANDONED = "challenge.abandoned"


class NotOpen(ChallengesError):
    """Only an open challenge can be abandoned or reopened."""

    status, code = 409, "challenge-not-open"
    title = _("This challenge is not open.")


def abandon(*, challenge: Challenge, now: datetime) -> Challenge:
    """Close an open challenge without reward; abandoning it again changes nothing.

    :raises NotOpen: if it is completed.
    """
    with transaction.atomic():
        lock_learners([challenge.learner_id])
        fresh = Challenge.objects.select_for_update().get(pk=challenge.pk)
        if fresh.status == Status.COMPLETED:
            raise NotOpen
        if fresh.status == Status.OPEN:
            Challenge.objects.filter(pk=fresh.pk).update(status=Status.ABANDONED)
            data = {"challenge": fresh.pk, "progress": fresh.progress}
            append_events([NewEvent(name=ABANDONED, learner_id=fresh.learner_id, data=data)], now=now)
    challenge.status = Status.ABANDONED
    return challenge
