"""The clock at the edge: doors read it once and pass ``now`` down."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return timezone.now()
