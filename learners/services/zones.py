"""Changing a learner's time zone: it takes effect at the next local midnight, at most once a day."""

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction

from learners import days
from learners.errors import BadZone, ZoneChangedToday
from learners.models import LearnerProfile


def check_zone(zone: str) -> None:
    """:raises BadZone: if ``zone`` is no IANA name."""
    if zone not in available_timezones():
        raise BadZone()


def change_zone(*, learner: LearnerProfile, zone: str, now: datetime) -> LearnerProfile:
    """Plan ``zone`` for the learner's next midnight, so that no day is lived twice or skipped by choice.

    :raises BadZone: if it is no IANA name; :raises ZoneChangedToday: if a change is under way already.
    """
    check_zone(zone)
    with transaction.atomic():
        learner = LearnerProfile.objects.select_for_update(no_key=True).get(pk=learner.pk)
        current = learner.zone_at(now)
        under_way = learner.next_zone_at is not None and learner.next_zone_at > now
        if zone == (learner.next_zone if under_way else current):
            return learner
        if under_way:
            raise ZoneChangedToday()
        learner.zone = current
        learner.next_zone = zone
        learner.next_zone_at = days.next_midnight(current, now)
        learner.save(update_fields=["zone", "next_zone", "next_zone_at"])
        return learner
