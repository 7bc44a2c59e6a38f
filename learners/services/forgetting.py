"""What a person may ask for: everything we store about them, and that we forget who they are.

Forgetting keeps a numbered tombstone: answers, ledger and boards keep their sums and lead to nobody. Both ask each
installed app by convention: ``<app>.services.exporting.export(learner=…)`` adds to an export what foreign keys do not
show, ``<app>.services.forgetting.forget(learner=…, now=…)`` empties what is personal there.
"""

import uuid
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from learners.models import LearnerIdentity, LearnerProfile, Membership
from learners.models.people import AgeBand
from learners.selectors.personal import exported_models, rows_of
from learners.services.conventions import functions
from learners.services.moving import lock_learners


def export_learner(*, learner: LearnerProfile, now: datetime) -> dict[str, Any]:
    """Return all rows about ``learner`` by table, and what rooms add under their own names."""
    with transaction.atomic():  # one state of the database, not one per table
        tables = {
            model._meta.label_lower: rows
            for model, paths in exported_models().items()
            if (rows := rows_of(model, paths, learner))
        }
        added = {app: export(learner=learner) for app, export in functions("exporting", "export")}
    return {"learner": str(learner.uuid), "exported_at": now, "tables": tables, **added}


def forget_learner(*, learner: LearnerProfile, now: datetime) -> LearnerProfile:
    """Forget who ``learner`` is, all rooms in one transaction; again, it changes nothing.

    Whoever comes later under the same external id or user is a new learner.
    """
    with transaction.atomic():
        found = lock_learners([learner.pk])[learner.pk]
        for _app, forget_in_room in reversed(list(functions("forgetting", "forget"))):  # this room last
            forget_in_room(learner=found, now=now)
    return LearnerProfile.objects.get(pk=learner.pk)


def forget(*, learner: LearnerProfile, now: datetime) -> None:
    """Forget ``learner`` in this room, as every room does in its own."""
    _erase_audit_trail(LearnerIdentity, list(learner.identities.values_list("pk", flat=True)))
    _erase_audit_trail(Membership, list(learner.memberships.values_list("pk", flat=True)))
    _erase_audit_trail(LearnerProfile, [learner.pk])
    LearnerIdentity.objects.filter(learner=learner).delete()
    Membership.objects.filter(learner=learner).delete()
    LearnerProfile.objects.filter(pk=learner.pk, forgotten_at=None).update(
        uuid=uuid.uuid4(),
        user=None,
        display_name="",
        language="",
        zone="UTC",
        next_zone="",
        next_zone_at=None,
        age_band=AgeBand.UNKNOWN,
        personalized=True,
        forgotten_at=now,
    )


def _erase_audit_trail(model: type[Model], keys: list[int]) -> None:
    """Erase what was written about rows of ``model``: auditlog keeps earlier values, the admin's log keeps names."""
    if not keys:
        return
    if apps.is_installed("django.contrib.admin"):
        from django.contrib.admin.models import LogEntry as AdminEntry

        AdminEntry.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            object_id__in=[str(key) for key in keys],
        ).update(object_repr="")
    if apps.is_installed("auditlog"):
        from auditlog.models import LogEntry

        LogEntry.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            object_pk__in=[str(key) for key in keys],
        ).delete()
