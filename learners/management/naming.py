"""How a learner is named on the command line."""

import uuid
from typing import Any

from django.core.management.base import CommandError

from learners.models import LearnerProfile


def add_learner_arguments(parser: Any) -> None:
    parser.add_argument("learner", help="the learner's public UUID, or with --source their external id")
    parser.add_argument("--source", default="", help="code of the source that knows the learner by an external id")


def named_learner(options: dict[str, Any]) -> LearnerProfile:
    """Return the one learner that is named; none is ever made.

    :raises CommandError: if there is no such learner.
    """
    name, source = options["learner"], options["source"]
    present = LearnerProfile.objects.filter(forgotten_at=None)
    if source:
        found = present.filter(identities__source__code=source, identities__external_id=name).first()
    else:
        try:
            found = present.filter(uuid=uuid.UUID(name)).first()
        except ValueError:
            raise CommandError(f"{name!r} is not a UUID; add --source to name a learner by an external id.") from None
    if found is None:
        raise CommandError(f"There is no learner {name!r}.")
    return found
