"""Handing events to the site's consumers, at least once; a consumer tells repeats by the event's id."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections, router, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from learners.common.bulk import update_rows
from learners.conf import learner_settings
from learners.models import Delivery, Event

logger = logging.getLogger(__name__)

Consumer = Callable[[Event], object]

AT_ONCE = 50  # deliveries claimed together; what a killed process may hand over again
LEASE = timedelta(minutes=10)  # a claim that is not answered by then is free again
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
_ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of the deliveries that were due."""

    delivered: int
    failed: int


def deliver_due(*, now: datetime) -> DeliveryReport:
    """Hand every due event to its consumer, oldest first; one that fails is tried again later, less and less often.

    No row is locked while a consumer works: a claim is a short transaction that moves the time of the next try.
    """
    delivered = failed = 0
    for name, path in sorted(learner_settings().consumers.items()):
        while claimed := claim(consumer=name, now=now):
            errors = [_hand_over(path, delivery.event) for delivery in claimed]
            delivered += _settle(claimed, errors, now=now)
            failed += sum(error is not None for error in errors)
    return DeliveryReport(delivered=delivered, failed=failed)


def claim(*, consumer: str, now: datetime, limit: int = AT_ONCE) -> list[Delivery]:
    """Claim due deliveries for ``consumer`` that nobody else has claimed, for ten minutes."""
    skips = connections[router.db_for_write(Delivery)].features.has_select_for_update_skip_locked
    due = Delivery.objects.filter(consumer=consumer, delivered_at=None, not_before__lte=now)
    with transaction.atomic():
        ids = list(
            due.select_for_update(skip_locked=skips, no_key=skips)
            .order_by("event")
            .values_list("pk", flat=True)[:limit]
        )
        Delivery.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, not_before=now + LEASE)
    return list(Delivery.objects.filter(pk__in=ids).select_related("event").order_by("event"))


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after the ``attempts``-th failure: 30 s, doubled each time, at most six hours."""
    doublings: int = min(attempts - 1, 20)  # 30 s · 2^20 is a year: beyond the longest wait, and no overflow
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _hand_over(path: str, event: Event) -> str | None:
    """Call the consumer and return what went wrong, if anything."""
    try:
        consumer: Consumer = import_string(path)
        with transaction.atomic():  # a consumer that fails leaves nothing half done in this database
            consumer(event)
    except Exception as error:  # the consumer is the host's: whatever it raises is tried again
        logger.warning("The consumer %s failed for event %s.", path, event.pk, exc_info=True)
        first_line = str(error).partition("\n")[0]
        return f"{type(error).__name__}: {first_line}"[:_ERROR_LENGTH]
    return None


def _settle(claimed: Sequence[Delivery], errors: Sequence[str | None], *, now: datetime) -> int:
    """Write down how a claimed page went, in two statements; return how many arrived."""
    arrived = [delivery.pk for delivery, error in zip(claimed, errors, strict=True) if error is None]
    Delivery.objects.filter(pk__in=arrived).update(delivered_at=now, error="")
    update_rows(
        Delivery,
        [
            {"id": delivery.pk, "error": error, "not_before": now + wait_after(delivery.attempts)}
            for delivery, error in zip(claimed, errors, strict=True)
            if error is not None
        ],
    )
    return len(arrived)
