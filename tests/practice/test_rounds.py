"""Rounds over the API: the server asks, grades and records; nothing can be answered twice or too late."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from gamification_site.practice import selectors, services
from gamification_site.practice.errors import RoundOver, TimeIsUp
from gamification_site.practice.models import PracticeAnswer, PracticeRound
from gamification_site.practice.question_bank import all_questions
from learners.models import Activity, LearnerProfile, Round
from rewards.api import XP, grant
from rewards.models import Balance
from tests.learners.rest import client_of, learner_with_user, set_up
from tests.practice.rounds import ROUNDS, answered, key_at, opened, right_option, wrong_option

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def learner() -> LearnerProfile:
    set_up()
    return learner_with_user()


@pytest.fixture
def client(learner: LearnerProfile) -> APIClient:
    return client_of(learner.user)


def mock_test(learner: LearnerProfile) -> PracticeRound:
    return services.open_round(learner=learner, kind="mock_test", now=NOON)


def answer_all(practice: PracticeRound, *, right: int, at: datetime) -> None:
    """Answer every question left, the first ``right`` of them right."""
    for position in range(practice.position, practice.length):
        correct = selectors.question_at(practice, position).correct
        option = correct if position < right else (correct + 1) % 4
        services.submit(practice=practice, position=position, option=option, now=at)


def texts(value: Any) -> Iterator[str]:
    """Yield every key and text in a JSON value."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


class TestOpening:
    def test_draws_as_many_questions_as_were_asked_for(self, client: APIClient) -> None:
        found = opened(client, length=10, category="traffic_signs")

        assert (found["kind"], found["category"], found["length"], found["position"]) == (
            "practice",
            "traffic_signs",
            10,
            0,
        )
        keys = PracticeRound.objects.get(uuid=found["uuid"]).questions
        assert len(set(keys)) == 10
        assert {selectors.bank()[key].category for key in keys} == {"traffic_signs"}

    def test_is_filled_up_where_the_topic_has_too_few(self, client: APIClient) -> None:
        found = opened(client, length=15, category="speed")

        keys = PracticeRound.objects.get(uuid=found["uuid"]).questions
        topics = [selectors.bank()[key].category for key in keys]
        there = sum(question.category == "speed" for question in all_questions())
        assert found["length"] == len(set(keys)) == 15
        assert topics.count("speed") == there < 15
        assert set(topics[:there]) == {"speed"}

    def test_of_a_mock_test_takes_45_questions_and_90_minutes(self, client: APIClient) -> None:
        found = opened(client, kind="mock_test", length=None)

        assert found["length"] == 45
        lasts = datetime.fromisoformat(found["deadline_at"]) - datetime.fromisoformat(found["opened_at"])
        assert lasts == timedelta(minutes=90)

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"length": 7}, "bad-round-length"),
            ({}, "bad-round-length"),
            ({"kind": "mock_test", "length": 10}, "bad-round-length"),
            ({"kind": "mock_test", "category": "speed"}, "bad-round-length"),
            ({"length": 5, "category": "tunnels"}, "unknown-category"),
            ({"length": 5, "questions": ["fart-01"]}, "unknown-field"),
            ({"length": "5"}, "invalid"),
            ({"length": 5, "kind": "quiz"}, "invalid"),
        ],
    )
    def test_refuses_what_is_no_round(self, client: APIClient, body: dict[str, Any], code: str) -> None:
        response = client.post(ROUNDS, body, format="json")

        assert (response.status_code, response.json()["code"]) == (400, code)
        assert not PracticeRound.objects.exists()

    def test_asks_what_was_not_asked_before(self, client: APIClient) -> None:
        first = opened(client, length=15)
        for position in range(15):
            answered(client, first["uuid"], position, right_option(first["uuid"], position))

        later = opened(client, length=15)

        seen = set(PracticeRound.objects.get(uuid=first["uuid"]).questions)
        again = seen & set(PracticeRound.objects.get(uuid=later["uuid"]).questions)
        assert len(again) <= 2  # 15 known ones weigh as much as 4 of the 170 others


class TestQuestion:
    def test_comes_without_its_answer(self, client: APIClient) -> None:
        found = opened(client)

        response = client.get(f"{ROUNDS}{found['uuid']}/question/")

        question = selectors.bank()[key_at(found["uuid"], 0)]
        assert response.json() == {
            "key": question.key,
            "position": 0,
            "length": 5,
            "category": question.category,
            "category_label": selectors.topic_labels()[question.category],
            "text": question.text,
            "options": list(question.options),
        }

    def test_nothing_tells_the_answer_before_it_is_given(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]
        addresses = [ROUNDS, f"{ROUNDS}{uuid}/", f"{ROUNDS}{uuid}/question/"]

        for position in range(5):
            question = selectors.bank()[key_at(uuid, position)]
            said = [text for address in addresses for text in texts(client.get(address).json())]
            page = client.get(f"/rounds/{uuid}/")

            assert question.explanation not in said
            assert "right_option" not in said or position  # only of what was answered before
            assert question.text not in [row["text"] for row in client.get(addresses[1]).json()["answers"]]
            assert question.explanation not in page.content.decode()
            answered(client, uuid, position, wrong_option(uuid, position))

    def test_stays_the_same_until_it_is_answered(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]

        keys = [client.get(f"{ROUNDS}{uuid}/question/").json()["key"] for _ in range(3)]
        answered(client, uuid, 0, 0)

        assert set(keys) == {key_at(uuid, 0)}
        assert client.get(f"{ROUNDS}{uuid}/question/").json()["key"] == key_at(uuid, 1)

    def test_is_refused_where_the_bank_has_it_no_longer(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]
        PracticeRound.objects.filter(uuid=uuid).update(questions=["withdrawn-01", "fart-01"])

        response = client.get(f"{ROUNDS}{uuid}/question/")

        assert (response.status_code, response.json()["code"]) == (410, "question-gone")
        assert client.post(f"{ROUNDS}{uuid}/close/").status_code == 200


class TestAnswering:
    def test_grades_explains_and_says_what_followed(self, client: APIClient, learner: LearnerProfile) -> None:
        uuid = opened(client)["uuid"]
        question = selectors.bank()[key_at(uuid, 0)]

        response = answered(client, uuid, 0, question.correct, seconds=8.5)

        body = response.json()
        assert response.status_code == 201
        assert (body["correct"], body["right_option"]) == (True, question.correct)
        assert (body["explanation"], body["rule"]) == (question.explanation, question.rule)
        assert {row["reason"]: row["xp"] for row in body["earnings"]} == {"question_correct": 2, "daily_login": 5}
        assert body["streak"] == 1
        assert body["xp"] == body["total_xp"] >= 7
        activity = Activity.objects.get(learner=learner, kind="answer")
        assert (activity.correct, activity.seconds) == (True, 8.5)
        assert activity.client_id == f"practice:{uuid}:0"
        assert activity.item is not None
        assert activity.item.key == question.key

    def test_shows_the_right_option_of_a_wrong_answer(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]

        body = answered(client, uuid, 0, wrong_option(uuid, 0)).json()

        assert (body["correct"], body["right_option"]) == (False, right_option(uuid, 0))

    def test_sent_again_is_the_first_answer(self, client: APIClient, learner: LearnerProfile) -> None:
        uuid = opened(client)["uuid"]
        option = right_option(uuid, 0)
        first = answered(client, uuid, 0, option, seconds=8.5)

        again = answered(client, uuid, 0, option, seconds=99.0)

        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json() | {"replayed": True}
        assert Activity.objects.filter(learner=learner).count() == 1
        assert Balance.objects.get(learner=learner, currency="xp").amount == first.json()["total_xp"]

    def test_with_another_option_is_refused(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]
        answered(client, uuid, 0, wrong_option(uuid, 0))

        response = answered(client, uuid, 0, right_option(uuid, 0))

        assert (response.status_code, response.json()["code"]) == (409, "answered-otherwise")
        assert client.get(f"{ROUNDS}{uuid}/").json()["correct"] == 0

    def test_finishes_what_was_claimed_and_not_recorded(self, client: APIClient, learner: LearnerProfile) -> None:
        uuid = opened(client)["uuid"]
        option = right_option(uuid, 0)
        practice = PracticeRound.objects.get(uuid=uuid)
        PracticeAnswer.objects.create(round=practice, position=0, option=option, correct=True, answered_at=NOON)

        response = answered(client, uuid, 0, option)

        assert response.status_code == 200
        assert Activity.objects.filter(learner=learner, correct=True).count() == 1
        assert PracticeRound.objects.get(uuid=uuid).position == 1

    def test_ahead_of_the_question_is_refused(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]

        codes = [answered(client, uuid, position, 0).json()["code"] for position in (1, 5, 500)]

        assert codes == ["not-the-next-question"] * 3
        assert not PracticeAnswer.objects.exists()

    @pytest.mark.parametrize(
        "body",
        [
            {"position": 0},
            {"option": 0},
            {"position": 0, "option": 4},
            {"position": -1, "option": 0},
            {"position": 0, "option": True},
            {"position": 0, "option": 0, "correct": True},
            {"position": 0, "option": 0, "seconds": -1},
        ],
    )
    def test_refuses_what_is_no_answer(self, client: APIClient, body: dict[str, Any]) -> None:
        uuid = opened(client)["uuid"]

        response = client.post(f"{ROUNDS}{uuid}/answers/", json.dumps(body), content_type="application/json")

        assert response.status_code == 400
        assert not PracticeAnswer.objects.exists()

    def test_takes_as_many_statements_for_a_learner_with_history(self, learner: LearnerProfile) -> None:
        def statements() -> int:
            practice = services.open_round(learner=learner, kind="practice", length=5, category="speed", now=NOON)
            services.submit(practice=practice, position=0, option=0, now=NOON)
            with CaptureQueriesContext(connection) as queries:
                services.submit(practice=practice, position=1, option=0, now=NOON)
            return len(queries)

        statements()
        few = statements()
        for _ in range(6):
            answer_all(services.open_round(learner=learner, kind="practice", length=15, now=NOON), right=0, at=NOON)

        assert statements() <= few

    def test_says_that_a_level_is_reached(self, client: APIClient, learner: LearnerProfile) -> None:
        uuid = opened(client)["uuid"]
        before = answered(client, uuid, 0, wrong_option(uuid, 0)).json()
        grant(learner=learner, currency=XP, amount=149 - before["total_xp"], source="gift:1", now=NOON)

        after = answered(client, uuid, 1, right_option(uuid, 1)).json()  # level 2 begins at 150 XP

        assert (before["new_level"], before["level"]) == (None, 1)
        assert (after["new_level"], after["level"]) == (2, 2)


class TestTheEnd:
    def test_of_the_last_question_closes_the_round(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]

        bodies = [answered(client, uuid, position, right_option(uuid, position)).json() for position in range(5)]

        assert [body["is_over"] for body in bodies] == [False] * 4 + [True]
        assert "quiz_perfect" in {row["reason"] for row in bodies[-1]["earnings"]}
        closed = client.get(f"{ROUNDS}{uuid}/").json()
        assert closed["closed_at"] is not None
        assert (closed["correct"], closed["passed"]) == (5, None)
        assert closed["xp"] == sum(body["xp"] for body in bodies)
        after = answered(client, uuid, 5, 0)
        assert (after.status_code, after.json()["code"]) == (409, "round-closed")
        asked = client.get(f"{ROUNDS}{uuid}/question/")
        assert (asked.status_code, asked.json()["code"]) == (409, "round-closed")

    def test_by_hand_takes_no_more_answers_and_stays(self, client: APIClient) -> None:
        uuid = opened(client)["uuid"]
        answered(client, uuid, 0, right_option(uuid, 0))

        first = client.post(f"{ROUNDS}{uuid}/close/")
        again = client.post(f"{ROUNDS}{uuid}/close/")

        assert first.status_code == 200
        assert again.json() == first.json()
        assert (first.json()["answered"], first.json()["correct"]) == (1, 1)
        assert answered(client, uuid, 1, 0).status_code == 409
        assert Round.objects.get(client_id=f"practice:{uuid}").closed_at is not None

    def test_comes_after_a_day(self, learner: LearnerProfile) -> None:
        practice = services.open_round(learner=learner, kind="practice", length=5, now=NOON)

        with pytest.raises(RoundOver):
            services.submit(practice=practice, position=0, option=0, now=NOON + timedelta(hours=24))

        assert not PracticeAnswer.objects.exists()

    def test_reached_elsewhere_leaves_no_answer_behind(self, learner: LearnerProfile) -> None:
        practice = services.open_round(learner=learner, kind="practice", length=5, now=NOON)
        Round.objects.filter(client_id=practice.client_id).update(closed_at=NOON)

        with pytest.raises(RoundOver):
            services.submit(practice=practice, position=0, option=0, now=NOON)

        assert not PracticeAnswer.objects.exists()


class TestMockTest:
    @pytest.mark.parametrize(("right", "passed"), [(45, True), (38, True), (37, False)])
    def test_is_passed_with_38_right(self, learner: LearnerProfile, right: int, passed: bool) -> None:
        practice = mock_test(learner)

        answer_all(practice, right=right, at=NOON + timedelta(minutes=89))

        found = selectors.result(practice, now=NOON + timedelta(minutes=89))
        assert (found.correct, found.passed) == (right, passed)
        assert sum(topic.asked for topic in found.topics) == 45
        assert sum(topic.correct for topic in found.topics) == right

    def test_refuses_answers_from_its_deadline_on(self, learner: LearnerProfile) -> None:
        practice = mock_test(learner)
        services.submit(practice=practice, position=0, option=0, now=NOON + timedelta(minutes=89, seconds=59))

        with pytest.raises(TimeIsUp):
            services.submit(practice=practice, position=1, option=0, now=NOON + timedelta(minutes=90))

        found = selectors.result(practice, now=NOON + timedelta(minutes=90))
        assert (found.answered, found.passed) == (1, False)
        assert practice.closed_at is not None

    def test_gives_the_first_answer_again_after_its_deadline(self, learner: LearnerProfile) -> None:
        practice = mock_test(learner)
        first = services.submit(practice=practice, position=0, option=0, now=NOON)

        again = services.submit(practice=practice, position=0, option=0, now=NOON + timedelta(hours=3))

        assert again.replayed
        assert (again.correct, again.xp) == (first.correct, first.xp)

    def test_counts_what_was_left_out_as_not_right(self, learner: LearnerProfile) -> None:
        practice = mock_test(learner)
        for position in range(37):
            correct = selectors.question_at(practice, position).correct
            services.submit(practice=practice, position=position, option=correct, now=NOON)

        before = selectors.result(practice, now=NOON)
        services.close(practice=practice, now=NOON)

        after = selectors.result(practice, now=NOON)
        assert before.passed is None
        assert (after.correct, after.passed) == (37, False)


class TestOwners:
    def test_see_their_own_rounds_newest_first(self, client: APIClient) -> None:
        opened(client_of(learner_with_user().user))
        mine = [opened(client)["uuid"] for _ in range(2)]

        found = client.get(ROUNDS).json()["results"]

        assert [row["uuid"] for row in found] == mine[::-1]

    @pytest.mark.parametrize("ref", ["00000000-0000-4000-8000-000000000000", "malformed", "%00"])
    def test_get_one_answer_to_foreign_unknown_and_malformed_rounds(self, client: APIClient, ref: str) -> None:
        foreign = opened(client_of(learner_with_user().user))["uuid"]

        problems = [client.get(f"{ROUNDS}{one}/question/").json() for one in (foreign, ref)]

        for problem in problems:
            del problem["instance"], problem["request_id"]
        assert problems[0]["status"] == 404
        assert problems[0] == problems[1]
