"""From logging in to seeing what one answer was worth, over HTTP alone."""

import pytest
from rest_framework.test import APIClient

from learners.common import clock
from learners.models import LearnerProfile
from rewards.services.setup import setup
from tests.factories import SourceFactory, UserFactory
from tests.learners.rest import client_of_source

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def logged_in(username: str) -> APIClient:
    """Return a client that carries the token which the site gave for name and password."""
    client = APIClient()
    token = client.post(
        "/api/v1/auth/token/", {"username": username, "password": "a-long-password"}, format="json"
    ).json()["access"]
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def test_an_answer_moves_skill_points_and_streak() -> None:
    setup(now=clock.now())  # a right answer pays 2 XP, the day's first practice 5
    user = UserFactory.create()
    learner = logged_in(user.username)
    quiz = client_of_source(SourceFactory.create(learner_ids_are_users=True))
    assert learner.get("/api/v1/learners/me/").json()["display_name"] == ""

    sent = quiz.post(
        "/api/v1/activities/",
        {"client_id": "a-1", "learner": str(user.pk), "category": "traffic_signs", "correct": True},
        format="json",
    )

    me = learner.get("/api/v1/learners/me/").json()
    skills = learner.get("/api/v1/skills/").json()["results"]
    streak = learner.get("/api/v1/streak/").json()
    history = learner.get("/api/v1/activities/").json()["results"]
    assert sent.status_code == 201
    assert sent.json()["learner"] == me["uuid"] == str(LearnerProfile.objects.get(user=user).uuid)
    assert [(skill["category"], skill["n"]) for skill in skills] == [("traffic_signs", 1)]
    assert (streak["days"], streak["active_today"]) == (1, True)
    assert [one["client_id"] for one in history] == ["a-1"]
    assert learner.get("/api/v1/points/").json()["xp"] == 7
    entries = learner.get("/api/v1/points/entries/").json()["results"]
    assert sorted(one["amount"] for one in entries if one["currency"] == "xp") == [2, 5]


def test_learners_leave_with_their_data_and_without_a_trace_of_their_name() -> None:
    user = UserFactory.create()
    learner = logged_in(user.username)
    learner.patch("/api/v1/learners/me/", {"display_name": "Kari"}, format="json")

    exported = learner.get("/api/v1/learners/me/export/")
    left = learner.delete("/api/v1/learners/me/")

    assert "Kari" in exported.content.decode()
    assert left.status_code == 204
    assert not LearnerProfile.objects.filter(display_name="Kari").exists()
    assert learner.get("/api/v1/learners/me/").json()["display_name"] == ""
