"""Who may see which learners."""

import uuid
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from learners.models import LearnerProfile, Membership
from learners.models.cohorts import Role

VIEW_LEARNERS = "gamification_learners.view_learnerprofile"
GUIDES = (Role.TEACHER, Role.COACH)


def visible_to(actor: Any, *, today: date) -> QuerySet[LearnerProfile]:
    """Return the learners ``actor`` (a user) may see; the erased are nobody any more.

    A person sees themselves; a teacher or coach the learners of their cohorts that run on ``today``; staff with
    permission to view learners all.
    """
    present = LearnerProfile.objects.filter(forgotten_at=None)
    if not actor.is_authenticated or getattr(actor, "is_source", False):
        return present.none()
    if actor.is_staff and actor.has_perm(VIEW_LEARNERS):
        return present
    return present.filter(Q(user=actor) | Exists(_guided_by(actor, today)))


def _guided_by(actor: Any, today: date) -> QuerySet[Membership]:
    running = Q(cohort__starts_on=None) | Q(cohort__starts_on__lte=today)
    running &= Q(cohort__ends_on=None) | Q(cohort__ends_on__gte=today)
    guided = Membership.objects.filter(running, learner__user=actor, role__in=GUIDES).values("cohort_id")
    return Membership.objects.filter(learner=OuterRef("pk"), role=Role.LEARNER, cohort_id__in=guided)


def visible_by_uuid(actor: Any, ref: str, *, today: date) -> LearnerProfile | None:
    """Return the learner with UUID ``ref`` if ``actor`` may see them; None as well where ``ref`` is no UUID."""
    try:
        key = uuid.UUID(ref)
    except ValueError:
        return None
    return visible_to(actor, today=today).filter(uuid=key).first()
