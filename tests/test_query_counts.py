"""Statements of each list endpoint: the same for 1 row and for 20, and as many as tests/query_counts.json says.

A number that falls or rises on purpose is changed there, where a reviewer sees it.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.services.days import make_days
from gamification_site.practice import services
from learners.common import clock
from learners.models import Cohort, LearnerProfile, Source
from learners.models.cohorts import Role
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from tests.factories import SourceFactory
from tests.learners.rest import client_of, join, learner_with_user, set_up
from tests.routes import routes

pytestmark = pytest.mark.django_db

BASELINE: dict[str, int] = json.loads((Path(__file__).parent / "query_counts.json").read_text())


def answers(learner: LearnerProfile, rows: int) -> None:
    """Let ``learner`` answer one question in each of ``rows`` topics; it is paid, too."""
    source = Source.objects.first() or SourceFactory.create()
    batch = [
        NewActivity(
            client_id=f"{rows}-{number}",
            learner=str(learner.uuid),
            category=f"topic_{number}",
            item=f"q-{number}",
            correct=True,
        )
        for number in range(rows)
    ]
    record_activities(activities=batch, source=source, now=clock.now())


def pupils(learner: LearnerProfile, rows: int) -> None:
    """Make ``learner`` the teacher of ``rows`` more learners."""
    cohort = Cohort.objects.create(code=f"class-{rows}", name="9A")
    join(learner, cohort, Role.TEACHER)
    for _ in range(rows):
        join(learner_with_user(), cohort, Role.LEARNER)


def practice_rounds(learner: LearnerProfile, rows: int) -> None:
    """Let ``learner`` open ``rows`` rounds and answer the first question of each."""
    for _ in range(rows):
        opened = services.open_round(learner=learner, kind="practice", length=5, now=clock.now())
        services.submit(practice=opened, position=0, option=0, now=clock.now())


def days_of_challenges(learner: LearnerProfile, rows: int) -> None:
    """Give ``learner`` challenges on ``rows`` days, today the last one."""
    today = learner.local_date(clock.now())
    make_days(learners_by_day={today - timedelta(days=back): [learner.pk] for back in range(rows)}, now=clock.now())


FILLED_BY: dict[str, Callable[[LearnerProfile, int], None]] = {
    "gamification-learner-list": pupils,
    "gamification-category-list": answers,
    "gamification-activity-list": answers,
    "gamification-skills": answers,
    "gamification_challenges:challenge-list": answers,
    "gamification_challenges:history-list": days_of_challenges,
    "gamification_rewards:entry-list": answers,
    "gamification_rewards:points-list": answers,
    "practice_api:round-list": practice_rounds,
}

OF_ONE_SIZE = {
    "gamification-category-list",  # the default categories fill its first page
    "gamification_challenges:challenge-list",  # three a day
    "gamification_rewards:points-list",  # one object
}


def asked(learner: LearnerProfile, name: str) -> tuple[int, int]:
    """Return how many statements the endpoint took and how many rows it showed."""
    client = client_of(learner.user)
    client.get(reverse(name))  # what is made at first sight is made

    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(name))

    assert response.status_code == 200
    body: Any = response.json()
    rows = body if isinstance(body, list) else body.get("results", [body])
    return len(queries), len(rows)


@pytest.mark.parametrize("name", sorted(FILLED_BY))
def test_a_list_takes_its_known_number_of_statements(name: str) -> None:
    set_up()  # prices, so that answers are paid
    learner = learner_with_user()
    FILLED_BY[name](learner, 1)
    few, shown = asked(learner, name)

    FILLED_BY[name](learner, 20)

    many, shown_later = asked(learner, name)
    assert (few, many) == (BASELINE[name], BASELINE[name])
    assert shown_later > shown or name in OF_ONE_SIZE


def test_every_list_has_its_number() -> None:
    lists = {route.name for route in routes() if route.action == "list"}

    assert lists == set(BASELINE) == set(FILLED_BY)
