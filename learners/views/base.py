"""What the views of learners share: who asks, and about whom."""

from collections.abc import Sequence
from datetime import date

from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from learners import days
from learners.common import clock
from learners.common.rest.permissions import IsLearner
from learners.common.rest.viewsets import GamificationViewSet
from learners.conf import learner_settings
from learners.models import LearnerProfile, Source
from learners.selectors import people
from learners.services.identities import learner_of_user

LEARNER_QUERY = "learner"


class LearnersViewSet(GamificationViewSet):
    """Views that people and sources may reach; people only, unless the view says otherwise."""

    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated, IsLearner)


def asking_source(request: Request) -> Source:
    """Return the source that signed the request; the view's permissions made sure of it."""
    source: Source = request.auth  # type: ignore[assignment]
    return source


def own_profile(request: Request) -> LearnerProfile:
    """Return the asking person's profile, made at first sight."""
    return learner_of_user(request.user, now=clock.now())


def learner_asked_for(request: Request) -> LearnerProfile:
    """Return the learner of ``?learner=<uuid>`` if the asking person may see them; without it, the person.

    :raises NotFound: the same for a learner who may not be seen and one who does not exist.
    """
    ref = request.query_params.get(LEARNER_QUERY)
    if ref is None:
        return own_profile(request)
    return visible_learner(request, ref)


def visible_learner(request: Request, ref: str) -> LearnerProfile:
    """Return the learner with UUID ``ref`` if the asking person may see them.

    :raises NotFound: if not.
    """
    found = people.visible_by_uuid(request.user, ref, today=today())
    if found is None:
        raise NotFound
    return found


def today() -> date:
    """Return the site's calendar day, by which cohorts run."""
    return days.local_date(learner_settings().default_zone, clock.now())
