"""A learner's days by API alone, in Bokmål: from logging in to challenges that are paid, rated and explained."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from challenges.services.generation import generate_for_day
from learners.common import clock
from learners.models import LearnerProfile
from tests.factories import SourceFactory, UserFactory
from tests.journeys.test_answer_to_points import logged_in
from tests.learners.rest import client_of_source, set_up

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

CHALLENGES = "/api/v1/challenges/"
ENOUGH = 30  # answers in its topic complete whatever a newcomer is asked


@pytest.fixture
def quiz() -> APIClient:
    """Return the site's own quiz, which signs with its key and names learners by their user's key."""
    set_up()
    return client_of_source(SourceFactory.create(learner_ids_are_users=True))


def reading_bokmaal(username: str) -> APIClient:
    client = logged_in(username)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nb"
    return client


def answers(user: Any, challenge: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Return right answers in the challenge's topic, or in any where all count."""
    return [
        {
            "client_id": f"{challenge['id']}-{index}",
            "learner": str(user.pk),
            "category": challenge["category"] or "traffic_signs",
            "correct": True,
        }
        for index in range(number)
    ]


def by_questions(challenges: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the first challenge that is about a number of questions."""
    return next(one for one in challenges if one["type"] in {"quiz", "category_focus"})


def xp_for(client: APIClient, challenge: dict[str, Any]) -> list[int]:
    entries = client.get("/api/v1/points/entries/?page_size=100").json()["results"]
    return [one["amount"] for one in entries if one["source"] == f"challenge:{challenge['id']}"]


def test_todays_challenge_is_completed_paid_once_rated_and_explained(quiz: APIClient) -> None:
    user = UserFactory.create()
    learner = reading_bokmaal(user.username)

    challenge = by_questions(learner.get(CHALLENGES).json())
    first = quiz.post("/api/v1/activities/", answers(user, challenge, challenge["goal"] - 1), format="json")
    nearly = learner.get(f"{CHALLENGES}{challenge['id']}/").json()
    whole = answers(user, challenge, challenge["goal"])
    last = quiz.post("/api/v1/activities/", whole, format="json")
    again = quiz.post("/api/v1/activities/", whole, format="json")
    quiz.post("/api/v1/activities/", answers(user, challenge, ENOUGH), format="json")

    assert (first.status_code, last.status_code, again.status_code) == (201, 201, 200)
    assert (nearly["status"], nearly["progress"]) == ("open", challenge["goal"] - 1)
    told = next(one for one in last.json()[-1]["outcome"]["challenges"]["challenges"] if one["id"] == challenge["id"])
    assert (told["completed"], told["xp"], told["bonus"]) == (True, challenge["xp"], challenge["bonus"])
    assert xp_for(learner, challenge) == [challenge["xp"] + challenge["bonus"]]

    rated = learner.post(f"{CHALLENGES}{challenge['id']}/rate/", {"rating": "useful"}, format="json").json()
    why = learner.get(f"{CHALLENGES}{challenge['id']}/why/").json()
    history = learner.get(f"{CHALLENGES}history/").json()["results"]

    assert (rated["status"], rated["rating"]) == ("completed", "useful")
    assert why["summary"] == "Enkle regler valgte en kort første quiz (rules-1)."
    assert "En kort start, så vi lærer hva som passer for deg." in [one["text"] for one in why["reasons"]]
    assert "Etter de første svarene dine følger utfordringene det du kan." in [
        one["text"] for one in why["would_change"]
    ]
    assert {one["id"]: one["rating"] for one in history}[challenge["id"]] == "useful"


def test_a_missed_day_is_reopened_and_completed_at_the_same_xp(quiz: APIClient) -> None:
    user = UserFactory.create()
    learner = reading_bokmaal(user.username)
    learner.get(CHALLENGES)
    yesterday = LearnerProfile.objects.get(user=user).local_date(clock.now()) - timedelta(days=1)
    begin = {"client_id": "first", "learner": str(user.pk), "category": "traffic_signs", "correct": True}
    quiz.post("/api/v1/activities/", begin, format="json")
    generate_for_day(day=yesterday, now=clock.now() - timedelta(days=1))  # the night before, as the site does

    missed = by_questions(learner.get(CHALLENGES, {"date": yesterday.isoformat()}).json())
    quiz.post("/api/v1/activities/", answers(user, missed, 1), format="json")
    untouched = learner.get(f"{CHALLENGES}{missed['id']}/").json()
    reopened = learner.post(f"{CHALLENGES}{missed['id']}/reopen/")
    again = learner.post(f"{CHALLENGES}{missed['id']}/reopen/")
    quiz.post("/api/v1/activities/", answers(user, missed, missed["goal"] + 1), format="json")
    closed = learner.post(f"{CHALLENGES}{missed['id']}/reopen/")

    assert (missed["status"], untouched["progress"]) == ("missed", 0)
    assert (reopened.status_code, reopened.json()["status"], reopened.json()["xp"]) == (200, "open", missed["xp"])
    assert again.json() == reopened.json()
    done = learner.get(f"{CHALLENGES}{missed['id']}/").json()
    assert (done["status"], done["progress"]) == ("completed", missed["goal"])
    assert xp_for(learner, missed) == [missed["xp"] + missed["bonus"]]
    assert (closed.status_code, closed.json()["code"]) == (409, "challenge-not-open")
    assert closed.json()["title"] == "Denne utfordringen er ikke åpen."
