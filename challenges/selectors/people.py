"""Finding the learner whom staff name; nobody is made on the way."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from learners.api import LearnerProfile


def find_learner(ref: str) -> LearnerProfile | None:
    """Return the learner with this public UUID or the one of the site's user with this key, or None."""
    present = LearnerProfile.objects.filter(forgotten_at__isnull=True).select_related("user")
    try:
        found = present.filter(uuid=UUID(ref)).first()
    except ValueError:
        found = None
    if found is not None:
        return found
    try:
        key = get_user_model()._meta.pk.to_python(ref)
        return present.filter(user=key).first()
    except (ValidationError, ValueError, OverflowError):
        return None
