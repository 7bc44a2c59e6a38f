from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from challenges.changes import WOULD_CHANGE
from challenges.models import Challenge, ChallengeRating
from challenges.reasons import Reason
from challenges.services.days import ensure_today, make_days
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


def missed_yesterday(client: APIClient) -> Challenge:
    """Sign a learner in and return a challenge of the day before."""
    a_site()
    learner = signed_in(client)
    yesterday = learner.local_date(clock.now()) - timedelta(days=1)
    make_days(learners_by_day={yesterday: [learner.pk]}, now=clock.now())
    return learner.challenges.get(slot=0)


class TestToday:
    def test_is_made_at_first_sight_with_words_and_reasons(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)

        answer = client.get(URL)

        assert answer.status_code == 200
        rows = answer.json()
        assert [row["slot"] for row in rows] == [0, 1, 2]
        assert ": tema " in rows[0]["title"]
        assert " 3 spørsmål" in rows[0]["text"]
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

        assert " 3 questions" in english[0]["text"]
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


class TestReopen:
    def test_opens_a_missed_day_and_says_so(self, client: APIClient) -> None:
        challenge = missed_yesterday(client)
        before = client.get(f"{URL}{challenge.pk}/").json()

        answer = client.post(f"{URL}{challenge.pk}/reopen/")
        again = client.post(f"{URL}{challenge.pk}/reopen/")

        assert (before["status"], before["reopened_at"]) == ("missed", None)
        assert (answer.status_code, answer.json()["status"]) == (200, "open")
        assert again.json() == answer.json()

    def test_refuses_today_with_a_code(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)
        ensure_today(learner=learner, now=clock.now())

        answer = client.post(f"{URL}{learner.challenges.get(slot=0).pk}/reopen/")

        assert (answer.status_code, answer.json()["code"]) == (409, "challenge-not-missed")
        assert answer.json()["title"] == "Denne utfordringen er ikke forbi ennå."


class TestRate:
    def test_may_be_changed(self, client: APIClient) -> None:
        challenge = missed_yesterday(client)

        first = client.post(f"{URL}{challenge.pk}/rate/", {"rating": "too_easy"}, format="json")
        second = client.post(f"{URL}{challenge.pk}/rate/", {"rating": "useful"}, format="json")

        assert (first.status_code, first.json()["rating"]) == (200, "too_easy")
        assert second.json()["rating"] == "useful"
        assert client.get(f"{URL}{challenge.pk}/").json()["rating"] == "useful"

    @pytest.mark.parametrize("body", [{}, {"rating": "nice"}, {"rating": None}, {"rating": "useful", "stars": 5}])
    def test_refuses_what_it_does_not_know(self, client: APIClient, body: dict[str, Any]) -> None:
        challenge = missed_yesterday(client)

        answer = client.post(f"{URL}{challenge.pk}/rate/", body, format="json")

        assert (answer.status_code, answer.json()["type"][:24]) == (400, "urn:gamification:problem")
        assert not ChallengeRating.objects.exists()


class TestWhy:
    def test_says_it_in_the_readers_language(self, client: APIClient) -> None:
        challenge = missed_yesterday(client)
        url = f"{URL}{challenge.pk}/why/"

        bokmaal, nynorsk = client.get(url).json(), client.get(url, headers={"accept-language": "nn"}).json()

        assert bokmaal["model_version"] == nynorsk["model_version"] == challenge.model_version == "rules-1"
        assert bokmaal["summary"] == "Enkle regler valgte en kort første quiz (rules-1)."
        assert nynorsk["summary"] == "Enkle reglar valde ein kort første quiz (rules-1)."
        assert [one["code"] for one in bokmaal["reasons"]] == ["onboarding"]
        assert bokmaal["would_change"] == [
            {"code": "onboarding", "text": "Etter de første svarene dine følger utfordringene det du kan."}
        ]

    def test_has_a_way_to_change_for_every_reason(self) -> None:
        assert set(WOULD_CHANGE) == set(Reason)


class TestHistory:
    def test_goes_back_page_by_page(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)
        today = learner.local_date(clock.now())
        days = [today - timedelta(days=back) for back in range(4)]
        make_days(learners_by_day={day: [learner.pk] for day in days}, now=clock.now())

        first = client.get(f"{URL}history/", {"page_size": 5}).json()
        rest = client.get(first["next"]).json()
        last = client.get(rest["next"]).json()

        seen = [(row["local_date"], row["slot"]) for page in (first, rest, last) for row in page["results"]]
        assert seen == [(day.isoformat(), slot) for day in days for slot in range(3)]
        assert last["next"] is None

    def test_of_some_days_holds_those(self, client: APIClient) -> None:
        a_site()
        learner = signed_in(client)
        today = learner.local_date(clock.now())
        days = [today - timedelta(days=back) for back in range(4)]
        make_days(learners_by_day={day: [learner.pk] for day in days}, now=clock.now())

        found = client.get(f"{URL}history/", {"from": days[2].isoformat(), "to": days[1].isoformat()}).json()

        assert {row["local_date"] for row in found["results"]} == {days[1].isoformat(), days[2].isoformat()}
        assert client.get(f"{URL}history/", {"from": "yesterday"}).status_code == 400

    def test_makes_nothing(self, client: APIClient) -> None:
        a_site()
        signed_in(client)

        assert client.get(f"{URL}history/").json()["results"] == []
        assert not Challenge.objects.exists()


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
