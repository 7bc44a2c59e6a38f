"""A learner's day: from logging in to a challenge that is completed and paid once, by API alone and by the pages."""

import re
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from learners.models import Category
from rewards.models import LedgerEntry
from tests.factories import UserFactory
from tests.journeys.test_answer_to_points import logged_in
from tests.learners.rest import set_up
from tests.practice.rounds import ROUNDS, answered, opened, right_option

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

MOST_ROUNDS = 20


def fitting(challenge: dict[str, Any]) -> dict[str, Any]:
    """Return the round that moves ``challenge``."""
    return {"length": 15, "category": challenge["category"]}


def completable(challenges: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the first challenge that right answers of today alone complete."""
    return next(row for row in challenges if row["unit"] == "questions" and row["minutes"] is None)


def practise_until_done(client: APIClient, challenge: dict[str, Any]) -> dict[str, Any]:
    """Answer rightly until ``challenge`` is completed, and return what that answer was told."""
    for _ in range(MOST_ROUNDS):
        found = opened(client, **fitting(challenge))
        for position in range(found["length"]):
            asked = client.get(f"{ROUNDS}{found['uuid']}/question/").json()
            assert asked["position"] == position
            option = right_option(found["uuid"], position)
            told = answered(client, found["uuid"], position, option, seconds=6.0).json()
            if any(row["id"] == challenge["id"] and row["completed"] for row in told["challenges"]):
                again = answered(client, found["uuid"], position, option, seconds=6.0)
                assert again.json() == told | {"replayed": True}
                client.post(f"{ROUNDS}{found['uuid']}/close/")
                return dict(told)
    raise AssertionError("The challenge was never completed.")


def test_by_api_alone_a_challenge_is_completed_and_paid_once() -> None:
    set_up()
    user = UserFactory.create()
    client = logged_in(user.username)
    challenges = client.get("/api/v1/challenges/").json()
    challenge = completable(challenges)
    assert challenge["reasons"]

    told = practise_until_done(client, challenge)

    price = challenge["xp"] + challenge["bonus"]
    moved = next(row for row in told["challenges"] if row["id"] == challenge["id"])
    assert (moved["progress"], moved["goal"], moved["xp"]) == (challenge["goal"], challenge["goal"], price)
    after = client.get(f"/api/v1/challenges/{challenge['id']}/").json()
    assert (after["status"], after["progress"]) == ("completed", challenge["goal"])
    paid = LedgerEntry.objects.filter(learner__user=user, source=f"challenge:{challenge['id']}")
    assert [entry.amount for entry in paid] == [price]
    points = client.get("/api/v1/points/").json()
    assert points["xp"] == sum(LedgerEntry.objects.filter(learner__user=user).values_list("amount", flat=True))
    assert client.get("/api/v1/streak/").json()["days"] == 1


def test_by_the_pages_xp_streak_and_progress_move() -> None:
    set_up()
    user = UserFactory.create()
    browser = Client(headers={"accept-language": "en"})
    browser.post("/login/", {"username": user.username, "password": "a-long-password"})
    before = browser.get("/today/").context["today"]
    offered = next(
        row for row in before.challenges if row.challenge.unit == "questions" and row.challenge.minutes is None
    )

    seen = []
    for _ in range(MOST_ROUNDS):
        question = browser.post("/practise/", {"category": offered.category, "length": offered.length}, follow=True)
        while "question" in question.context:
            uuid = str(question.context["round"].uuid)
            position = question.context["question"].position
            feedback = browser.post(
                f"/rounds/{uuid}/answer/",
                {
                    "position": position,
                    "option": right_option(uuid, position),
                    "shown": question.context["shown"],
                },
                follow=True,
            )
            seen.append(feedback.text)
            question = browser.get(f"/rounds/{uuid}/", follow=True)
        after = browser.get("/today/").context["today"]
        done = next(row for row in after.challenges if row.challenge.id == offered.challenge.id)
        if done.is_completed:
            break

    assert done.is_completed
    assert sum("Challenge done" in page and offered.challenge.title in page for page in seen) >= 1
    assert re.search(r"This answer: \d+ XP", seen[0])
    assert (before.points.xp, before.streak_days) == (0, 0)
    assert after.points.xp >= offered.reward
    assert after.streak_days == 1
    paid = LedgerEntry.objects.filter(learner__user=user, source=f"challenge:{offered.challenge.id}")
    assert [entry.amount for entry in paid] == [offered.reward]
    assert f"Done: you got {offered.reward} XP." in browser.get("/today/").text


def test_a_topic_that_an_administrator_added_asks_for_nothing_that_is_not_there() -> None:
    set_up()
    user = UserFactory.create()
    client = logged_in(user.username)
    Category.objects.create(code="tunnels", label="Tunnels")

    response = client.post(ROUNDS, {"length": 5, "category": "tunnels"}, format="json")

    assert (response.status_code, response.json()["code"]) == (400, "unknown-category")
