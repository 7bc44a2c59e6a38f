from typing import Any

import pytest
from rest_framework.test import APIClient

from rewards.api import POINTS, XP, grant
from rewards.services.setup import setup
from tests.factories import NOON, LearnerProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

POINTS_URL = "/api/v1/points/"
ENTRIES_URL = "/api/v1/points/entries/"


@pytest.fixture
def user() -> Any:
    setup(now=NOON)
    return UserFactory()


@pytest.fixture
def client(user: Any) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


class TestPoints:
    def test_show_what_the_learner_has_and_the_way_to_the_next_level(self, user: Any, client: APIClient) -> None:
        learner = LearnerProfileFactory(user=user)
        grant(learner=learner, currency=XP, amount=231, source="challenge:1", now=NOON)
        grant(learner=learner, currency=POINTS, amount=4, source="challenge:1", now=NOON)

        answer = client.get(POINTS_URL)

        assert answer.status_code == 200
        assert answer.json() == {
            "xp": 231,
            "points": 4,
            "level": {"number": 2, "xp_from": 150, "next_xp": 375, "share": 0.36},
            "level_name": "",
        }

    def test_start_at_nothing_for_somebody_new(self, client: APIClient) -> None:
        answer = client.get(POINTS_URL)

        assert (answer.json()["xp"], answer.json()["level"]["number"]) == (0, 1)

    def test_are_for_people_who_are_logged_in(self) -> None:
        assert APIClient().get(POINTS_URL).status_code == 401


class TestEntries:
    def test_are_ones_own_newest_first(self, user: Any, client: APIClient) -> None:
        learner, other = LearnerProfileFactory(user=user), LearnerProfileFactory()
        grant(learner=learner, currency=XP, amount=2, source="a", reason="question_correct", now=NOON)
        grant(learner=other, currency=XP, amount=9, source="b", now=NOON)
        grant(learner=learner, currency=XP, amount=25, source="challenge:1", now=NOON)

        answer = client.get(ENTRIES_URL, headers={"accept-language": "nn"})

        rows = answer.json()["results"]
        assert [(row["amount"], row["reason"], row["reason_name"]) for row in rows] == [
            (25, "challenge", "challenge"),
            (2, "question_correct", "Rett svar"),
        ]

    def test_come_in_pages(self, user: Any, client: APIClient) -> None:
        learner = LearnerProfileFactory(user=user)
        for number in range(1, 6):
            grant(learner=learner, currency=XP, amount=number, source=f"a{number}", now=NOON)

        first = client.get(ENTRIES_URL, {"page_size": 3}).json()
        second = client.get(first["next"]).json()

        assert [row["amount"] for row in first["results"]] == [5, 4, 3]
        assert [row["amount"] for row in second["results"]] == [2, 1]
        assert second["next"] is None

    def test_cannot_be_written(self, client: APIClient) -> None:
        assert client.post(ENTRIES_URL, {"amount": 1000}, format="json").status_code == 405

    def test_need_three_statements_for_any_page(
        self, user: Any, client: APIClient, django_assert_max_num_queries: Any
    ) -> None:
        learner = LearnerProfileFactory(user=user)
        for number in range(1, 31):
            grant(learner=learner, currency=XP, amount=number, source=f"a{number}", now=NOON)

        with django_assert_max_num_queries(4):  # session, user, entries, names
            client.get(ENTRIES_URL)
