"""Changing what the site's administrators control, as the specification's settings name it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.errors import ChallengesError
from challenges.models import ChallengeSettings, ChallengeType
from learners.api import Category

FIELDS = {"ml_enabled": "ml_on", "fallback_enabled": "fallback_on", "auto_generation_enabled": "automation_on"}


class BadControl(ChallengesError):
    """A value is out of range, or names a type or topic that does not exist."""

    code = "bad-control"
    title = _("These settings cannot be used.")


def change_controls(*, changes: Mapping[str, Any], now: datetime) -> None:
    """Set the named switches, types, topics, bounds and multiplier; what is not named stays. All or nothing.

    :raises BadControl: if a value cannot be used.
    """
    with transaction.atomic():
        ChallengeSettings.objects.get_or_create(singleton=True, defaults={"updated_at": now})
        row = ChallengeSettings.objects.select_for_update().get()
        for name, field in FIELDS.items():
            setattr(row, field, changes.get(name, getattr(row, field)))
        bounds = changes.get("difficulty_range", {})
        row.difficulty_min = bounds.get("min", row.difficulty_min)
        row.difficulty_max = bounds.get("max", row.difficulty_max)
        row.xp_multiplier = changes.get("xp_multiplier", row.xp_multiplier)
        row.updated_at = now
        try:
            row.full_clean()
        except ValidationError as error:
            raise BadControl(detail=" ".join(error.messages)) from error
        row.save()
        _switch(ChallengeType, changes.get("challenge_types_enabled", {}))
        _switch(Category, changes.get("categories_enabled", {}))


def _switch(model: type[ChallengeType] | type[Category], wanted: Mapping[str, bool]) -> None:
    known = set(model._default_manager.filter(code__in=wanted).values_list("code", flat=True))
    unknown = sorted(set(wanted) - known)
    if unknown:
        raise BadControl(detail=", ".join(unknown))
    on = [code for code, is_on in wanted.items() if is_on]
    model._default_manager.filter(Q(code__in=on)).update(is_enabled=True)
    model._default_manager.filter(code__in=known.difference(on)).update(is_enabled=False)
