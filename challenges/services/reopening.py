"""Taking a missed day up again: for seven days, at the same XP, one older day at a time."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.errors import ChallengesError
from challenges.models import Challenge, Status
from challenges.models.challenges import OPEN_DAYS
from challenges.models.rules import Unit
from challenges.services.abandoning import NotOpen
from learners.api import NewEvent, append_events, lock_learners

REOPENED = "challenge.reopened"


class NotMissed(ChallengesError):
    """Only a day that has passed is reopened; a streak runs on by itself."""

    status, code = 409, "challenge-not-missed"
    title = _("This challenge has not been missed.")


class Expired(ChallengesError):
    """A missed day stays open for seven days."""

    status, code = 409, "challenge-expired"
    title = _("It is too late to take this day up again.")


class AnotherDayReopened(ChallengesError):
    """One older day at a time, so that nobody collects a week in an evening."""

    status, code = 409, "another-day-reopened"
    title = _("Another missed day is open already. Complete or abandon its challenges first.")


def reopen(*, challenge: Challenge, today: date, now: datetime) -> Challenge:
    """Let answers from now on move the open challenges of this challenge's day too; again, it changes nothing.

    :param today: the learner's calendar day.
    :raises NotOpen: if the challenge is completed or abandoned.
    :raises NotMissed: if its day is today, or it is a streak, which needs no reopening.
    :raises Expired: if its day is a week or more ago.
    :raises AnotherDayReopened: if another older day is open and not finished.
    """
    with transaction.atomic():
        lock_learners([challenge.learner_id])
        fresh = Challenge.objects.select_related("type").get(pk=challenge.pk)
        _check(fresh, today)
        if fresh.reopened_at is None:
            _make_room(fresh, today)
            _reopen_day(fresh, now)
    challenge.refresh_from_db(fields=["reopened_at", "status"])
    return challenge


def _check(challenge: Challenge, today: date) -> None:
    if challenge.status != Status.OPEN:
        raise NotOpen
    if challenge.last_date < today:
        raise Expired
    if challenge.local_date >= today or challenge.type.unit == Unit.DAYS:
        raise NotMissed


def _make_room(challenge: Challenge, today: date) -> None:
    """Close what was reopened too long ago, and refuse if another day is still open."""
    reopened = Challenge.objects.filter(
        learner_id=challenge.learner_id, status=Status.OPEN, reopened_at__isnull=False
    ).exclude(local_date=challenge.local_date)
    first = today - timedelta(days=OPEN_DAYS - 1)
    if reopened.filter(local_date__gte=first).exists():
        raise AnotherDayReopened
    reopened.update(reopened_at=None)


def _reopen_day(challenge: Challenge, now: datetime) -> None:
    day = Challenge.objects.filter(
        learner_id=challenge.learner_id, local_date=challenge.local_date, status=Status.OPEN
    ).exclude(type__unit=Unit.DAYS)
    day.update(reopened_at=now)
    data = {"challenge": challenge.pk, "local_date": challenge.local_date.isoformat()}
    append_events([NewEvent(name=REOPENED, learner_id=challenge.learner_id, data=data)], now=now)
