"""What learners may change about themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from learners.models import LearnerProfile
from learners.names import clean_name
from learners.services.zones import change_zone

OWN = ("display_name", "language", "personalized")


def update_profile(*, learner: LearnerProfile, changes: Mapping[str, Any], now: datetime) -> LearnerProfile:
    """Set the given ones of display_name, language, personalized and zone; all or none.

    :raises NameNotAllowed: see `clean_name`; :raises BadZone, ZoneChangedToday: see `change_zone`.
    """
    values = {name: changes[name] for name in OWN if name in changes}
    if "display_name" in values:
        values["display_name"] = clean_name(values["display_name"])
    with transaction.atomic():
        if values:
            LearnerProfile.objects.filter(pk=learner.pk).update(**values)
        if "zone" in changes:
            change_zone(learner=learner, zone=changes["zone"], now=now)
    return LearnerProfile.objects.get(pk=learner.pk)
