"""Letting old challenges go that were never completed; what was earned stays for the learner's history."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from challenges.models import Challenge, GenerationRun, RunState, Status
from challenges.models.challenges import OPEN_DAYS
from challenges.selectors.rules import current_settings
from learners.api import site_date

ROWS_AT_ONCE = 5_000  # a transaction of a tenth of a second


def clean_up(*, now: datetime) -> int:
    """Delete what is past the settings' days to keep, in chunks, and return how many challenges went.

    A challenge that can still be completed stays, whatever the settings say.
    """
    kept_days = max(current_settings().retention_days, OPEN_DAYS + 1)  # the day more: some zones are behind the site's
    last_day = site_date(now) - timedelta(days=kept_days + 1)
    old = Q(local_date__lte=last_day) & ~Q(status=Status.COMPLETED)
    gone = 0
    while True:
        with transaction.atomic():
            keys = list(Challenge.objects.filter(old).order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE])
            Challenge.objects.filter(old, pk__in=keys).delete()
        gone += len(keys)
        if len(keys) < ROWS_AT_ONCE:
            break
    GenerationRun.objects.filter(local_date__lte=last_day).exclude(state=RunState.RUNNING).delete()
    return gone
