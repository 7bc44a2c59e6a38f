"""Clients that speak for people and sources."""

from typing import Any

from rest_framework.test import APIClient

from learners.common import clock
from learners.models import Cohort, LearnerProfile, Membership, Source
from learners.services.conventions import functions
from learners.services.sources import issue_key
from tests.factories import NOON, LearnerProfileFactory, UserFactory


def set_up() -> None:
    """Give every installed app its default rows, as `setup_gamification` does."""
    for _app, setup in functions("setup", "setup"):
        setup(now=clock.now())


def client_of(user: Any) -> APIClient:
    """Return a client that is logged in as ``user``."""
    client = APIClient()
    client.force_authenticate(user=user)
    return client


def client_of_source(source: Source) -> APIClient:
    """Return a client that signs with a fresh key of ``source``."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Source {issue_key(source=source, now=NOON).secret}")
    return client


def learner_with_user(**values: Any) -> LearnerProfile:
    """Return a learner who can log in."""
    return LearnerProfileFactory.create(user=UserFactory.create(**values))


def join(learner: LearnerProfile, cohort: Cohort, role: str) -> Membership:
    return Membership.objects.create(learner=learner, cohort=cohort, role=role)
