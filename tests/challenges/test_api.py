from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from challenges.models import Challenge
from challenges.services.days import ensure_today
from challenges.services.generation import generate_for_day
from learners.api import LearnerProfile
from learners.common import clock
from tests.challenges.builders import a_learner, a_site
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/challenges/"


@pytest.fixture
def client() -> APIClient:
    return APIClient(headers={"accept-language": "nb"})


def signed_in(client: APIClient, **profile: Any) -> LearnerProfile:
    learner = a_learner(user=UserFactory(), **profile)
    client.force_authenticate(learner.user)
    return learner


class TestToday:
    def test_is_made_at_first_sight_with_words_and_reasons(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)

        answer = client.get(URL)

        assert answer.status_code == 200
        rows = answer.json()
        assert [row["slot"] for row in rows] == [0, 1, 2]
        assert rows[0]["title"].startswith("Øvingsrunde: tema ")
        assert rows[0]["text"].startswith("Svar på 3 spørsmål om tema ")
        assert rows[0]["reasons"] == [
            {"code": "onboarding", "text": "En kort start, så vi lærer hva som passer for deg."}
        ]
        assert (rows[0]["status"], rows[0]["source"], rows[0]["progress"]) == ("open", "onboarding", 0)
        assert learner.challenges.count() == 3

    def test_stays_the_same(self, client: APIClient) -> None:
        a_site()
        signed_in(client)

        assert client.get(URL).json() == client.get(URL).json()

    def test_speaks_the_readers_language(self, client: APIClient) -> None:
        a_site()
        signed_in(client)

        english = client.get(URL, headers={"accept-language": "en"}).json()
        nynorsk = client.get(URL, headers={"accept-language": "nn"}).json()

        assert english[0]["text"].startswith("Answer 3 questions about")
        assert nynorsk[0]["reasons"][0]["text"] == "Ein kort start, så vi lærer kva som passar for deg."

    def test_keeps_the_lot_to_itself(self, client: APIClient) -> None:
        a_site()
        signed_in(client)

        (first, *_) = client.get(URL).json()

        assert not {"propensity", "randomized", "predicted_completion"} & set(first)

    def test_of_another_day_makes_nothing(self, client: APIClient) -> None:
        a_site()
        signed_in(client)
        yesterday = clock.now().date() - timedelta(days=1)

        answer = client.get(URL, {"date": yesterday.isoformat()})

        assert answer.json() == []
        assert not Challenge.objects.exists()

    @pytest.mark.parametrize("query", [{"date": "yesterday"}, {"date": "2026-02-30"}, {"color": "red"}])
    def test_refuses_a_query_it_does_not_know(self, client: APIClient, query: dict[str, str]) -> None:
        signed_in(client)

        assert client.get(URL, query).status_code == 400

    def test_wants_a_person(self, client: APIClient) -> None:
        assert client.get(URL).status_code == 401


class TestOne:
    def test_may_be_read_and_abandoned_by_its_learner(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)
        ensure_today(learner=learner, now=clock.now())
        challenge = learner.challenges.get(slot=0)

        read = client.get(f"{URL}{challenge.pk}/")
        gone = client.post(f"{URL}{challenge.pk}/abandon/")

        assert read.json()["status"] == "open"
        assert (gone.status_code, gone.json()["status"]) == (200, "abandoned")

    def test_is_nobody_elses(self, client: APIClient) -> None:
        a_site()
        other = a_learner(user=UserFactory())
        ensure_today(learner=other, now=clock.now())
        signed_in(client)
        challenge = other.challenges.get(slot=0)

        assert client.get(f"{URL}{challenge.pk}/").status_code == 404
        assert client.post(f"{URL}{challenge.pk}/abandon/").status_code == 404
        assert client.get(URL, {"learner": str(other.uuid)}).status_code == 404

    def test_of_last_week_is_expired(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)
        ensure_today(learner=learner, now=clock.now() - timedelta(days=8))

        answer = client.get(f"{URL}{learner.challenges.get(slot=0).pk}/")

        assert answer.json()["status"] == "expired"

    def test_completed_cannot_be_abandoned(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)
        ensure_today(learner=learner, now=clock.now())
        learner.challenges.update(status=1)

        answer = client.post(f"{URL}{learner.challenges.get(slot=0).pk}/abandon/")

        assert (answer.status_code, answer.json()["code"]) == (409, "challenge-not-open")


class TestAdmin:
    def test_every_page_opens(self, admin_client: Any) -> None:
        topics = a_site()
        a_learner(answers=60, topics=topics)
        generate_for_day(day=clock.now().date(), now=clock.now())

        ensure_today(learner=a_learner(), now=clock.now())
        for model in ("challengetype", "challengesettings", "challenge", "generationrun", "generationchunk"):
            page = admin_client.get(f"/admin/gamification_challenges/{model}/")
            assert page.status_code == 200
        challenge = Challenge.objects.first()
        assert challenge is not None
        shown = admin_client.get(f"/admin/gamification_challenges/challenge/{challenge.pk}/change/")
        assert shown.status_code == 200
