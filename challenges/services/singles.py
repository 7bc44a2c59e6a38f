"""One learner's day, made because somebody asked for it."""

import time
from datetime import date, datetime

from django.db import transaction

from challenges.models import Challenge, Origin
from challenges.selectors.due import untouched
from challenges.services.days import make_days
from challenges.services.generation import GenerationReport
from learners.api import LearnerProfile, lock_learners


def generate_for_learner(*, learner: LearnerProfile, day: date, now: datetime, force: bool = False) -> GenerationReport:
    """Make the learner's missing challenges of ``day``, also while the automation is off.

    :param force: choose open challenges that nobody has begun again.
    """
    begun = time.perf_counter()
    with transaction.atomic():
        lock_learners([learner.pk])
        rows = Challenge.objects.filter(learner=learner, local_date=day)
        if force:
            rows.filter(untouched(day)).delete()
        before = set(rows.values_list("pk", flat=True))
        make_days(learners_by_day={day: [learner.pk]}, now=now, by_hand=True)
        sources = list(rows.exclude(pk__in=before).values_list("source", flat=True))
    personal = sources.count(Origin.ML)
    return GenerationReport(
        generated=len(sources),
        ml_generated=personal,
        fallback_generated=len(sources) - personal,
        errors=0,
        target_date=day.isoformat(),
        learners=1,
        kept=len(before),
        seconds=round(time.perf_counter() - begun, 3),
        statements=0,
    )
