"""Recording through the interface: once per id, and only by sources."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from learners.models import Activity, LearnerState, Source
from learners.services.rounds import open_round
from learners.services.sources import issue_key, revoke_key
from tests.factories import NOON, SourceFactory
from tests.learners.rest import client_of, client_of_source, learner_with_user

pytestmark = pytest.mark.django_db

URL = "/api/v1/activities/"


@pytest.fixture
def source() -> Source:
    return SourceFactory.create()


@pytest.fixture
def quiz(source: Source) -> APIClient:
    return client_of_source(source)


def answer(number: int, **values: Any) -> dict[str, Any]:
    return {"client_id": f"a-{number}", "learner": "kari", "category": "traffic_signs", "correct": True, **values}


class TestRecording:
    def test_a_new_activity_is_created(self, quiz: APIClient) -> None:
        response = quiz.post(URL, answer(1), format="json")

        activity = Activity.objects.get()
        assert response.status_code == 201
        assert response.json() == {
            "client_id": "a-1",
            "id": activity.pk,
            "learner": str(activity.learner.uuid),
            "replayed": False,
            "outcome": activity.outcome,
        }

    def test_the_same_activity_again_gets_its_first_answer(self, quiz: APIClient) -> None:
        first = quiz.post(URL, answer(1), format="json")

        again = quiz.post(URL, answer(1), format="json")

        assert again.status_code == 200
        assert again.headers["Idempotency-Replayed"] == "true"
        assert again.json() == {**first.json(), "replayed": True}
        assert LearnerState.objects.get().n_answers == 1

    def test_a_batch_of_known_and_new_says_which_is_which(self, quiz: APIClient) -> None:
        quiz.post(URL, [answer(1), answer(2)], format="json")

        response = quiz.post(URL, [answer(2), answer(3)], format="json")

        assert response.status_code == 201
        assert [(one["client_id"], one["replayed"]) for one in response.json()] == [("a-2", True), ("a-3", False)]

    def test_a_batch_of_known_ones_is_replayed(self, quiz: APIClient) -> None:
        quiz.post(URL, [answer(1), answer(2)], format="json")

        response = quiz.post(URL, [answer(2), answer(1)], format="json")

        assert response.status_code == 200
        assert [one["client_id"] for one in response.json()] == ["a-2", "a-1"]

    def test_a_known_id_with_another_content_refuses_the_batch(self, quiz: APIClient) -> None:
        quiz.post(URL, [answer(1), answer(2)], format="json")

        response = quiz.post(URL, [answer(3), answer(1, correct=False), answer(2, seconds=4)], format="json")

        assert response.status_code == 409
        assert response.json()["code"] == "activity-id-conflict"
        assert [error["pointer"] for error in response.json()["errors"]] == ["/1", "/2"]
        assert Activity.objects.count() == 2

    def test_the_same_id_twice_refuses_the_batch(self, quiz: APIClient) -> None:
        response = quiz.post(URL, [answer(1), answer(2), answer(1)], format="json")

        assert response.status_code == 400
        assert response.json()["code"] == "repeated-in-batch"
        assert [error["pointer"] for error in response.json()["errors"]] == ["/2"]
        assert not Activity.objects.exists()

    def test_a_single_conflict_points_at_the_body_itself(self, quiz: APIClient) -> None:
        quiz.post(URL, answer(1), format="json")

        response = quiz.post(URL, answer(1, correct=False), format="json")

        assert response.status_code == 409
        assert [error["pointer"] for error in response.json()["errors"]] == [""]

    def test_two_sources_may_use_the_same_id(self, quiz: APIClient) -> None:
        other = client_of_source(SourceFactory.create())
        quiz.post(URL, answer(1), format="json")

        response = other.post(URL, answer(1), format="json")

        assert response.status_code == 201
        assert Activity.objects.count() == 2

    def test_a_source_that_may_not_create_categories_is_told_which(self) -> None:
        strict = client_of_source(SourceFactory.create(creates_categories=False))

        response = strict.post(URL, [answer(1, category=None), answer(2, category="new_topic")], format="json")

        assert (response.status_code, response.json()["code"]) == (400, "unknown-category")
        assert [error["pointer"] for error in response.json()["errors"]] == ["/1"]

    def test_an_unregistered_kind_is_unprocessable(self, quiz: APIClient) -> None:
        response = quiz.post(URL, answer(1, kind="dance"), format="json")

        assert (response.status_code, response.json()["code"]) == (422, "unknown-kind")

    def test_an_answer_of_an_unknown_round_is_refused(self, quiz: APIClient) -> None:
        response = quiz.post(URL, answer(1, round="r-1"), format="json")

        assert (response.status_code, response.json()["code"]) == (400, "unknown-round")

    def test_a_time_far_from_now_is_taken_but_not_trusted(self, quiz: APIClient) -> None:
        quiz.post(URL, answer(1, occurred_at="2025-11-21T12:00:00Z"), format="json")

        assert not Activity.objects.get().trusted_time

    def test_a_learners_own_token_may_not_grade(self) -> None:
        learner = learner_with_user()

        response = client_of(learner.user).post(URL, answer(1, learner=str(learner.uuid)), format="json")

        assert (response.status_code, response.json()["code"]) == (403, "source-required")
        assert not Activity.objects.exists()


class TestKeys:
    def test_a_revoked_key_is_refused(self, source: Source) -> None:
        issued = issue_key(source=source, now=NOON)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Source {issued.secret}")
        assert client.post(URL, answer(1), format="json").status_code == 201

        revoke_key(key=issued.key, now=NOON)

        response = client.post(URL, answer(2), format="json")
        assert (response.status_code, response.json()["code"]) == (401, "authentication-failed")
        assert "WWW-Authenticate" in response.headers

    def test_revoking_again_keeps_the_first_moment(self, source: Source) -> None:
        issued = issue_key(source=source, now=NOON)
        revoke_key(key=issued.key, now=NOON)

        revoke_key(key=issued.key, now=NOON + timedelta(days=1))

        assert issued.key.revoked_at == NOON

    def test_a_key_of_an_inactive_source_is_refused(self, source: Source, quiz: APIClient) -> None:
        Source.objects.update(is_active=False)

        assert quiz.post(URL, answer(1), format="json").status_code == 401

    @pytest.mark.parametrize("secret", ["", "wrong", "x" * 5000, "nøkkel"])
    def test_a_wrong_key_is_refused(self, secret: str) -> None:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Source {secret}".encode().decode("latin-1"))

        assert client.post(URL, answer(1), format="json").status_code == 401

    def test_the_secret_is_not_stored(self, source: Source) -> None:
        issued = issue_key(source=source, now=NOON)

        stored = " ".join(str(value) for value in vars(issued.key).values())

        assert issued.secret not in stored
        assert issued.key.hint == issued.secret[:8]


class TestRounds:
    def test_a_round_opens_once_and_counts_its_answers(self, quiz: APIClient) -> None:
        body = {"client_id": "r-1", "learner": "kari", "planned": 2, "category": "traffic_signs"}

        opened = quiz.post("/api/v1/rounds/", body, format="json")
        again = quiz.post("/api/v1/rounds/", body, format="json")
        quiz.post(URL, answer(1, round="r-1"), format="json")
        closed = quiz.post("/api/v1/rounds/r-1/close/")

        assert (opened.status_code, again.status_code) == (201, 201)
        assert again.json() == opened.json()
        assert closed.status_code == 200
        assert (closed.json()["answered"], closed.json()["correct"], closed.json()["score"]) == (1, 1, 0.5)
        assert closed.json()["closed_at"] is not None

    @pytest.mark.parametrize("planned", [0, -1, 501, 2**31, 2**62, True, "5", 1.9])
    def test_a_round_has_1_to_500_questions(self, quiz: APIClient, planned: Any) -> None:
        body = {"client_id": "r-1", "learner": "kari", "planned": planned}

        response = quiz.post("/api/v1/rounds/", body, format="json")

        assert response.status_code == 400
        assert response.json()["errors"][0]["pointer"] == "/planned"

    def test_anothers_round_and_no_round_look_alike(self, quiz: APIClient) -> None:
        open_round(source=SourceFactory.create(), client_id="theirs", learner="kari", planned=2, now=NOON)

        foreign = quiz.post("/api/v1/rounds/theirs/close/")
        unknown = quiz.post("/api/v1/rounds/nowhere/close/")

        assert foreign.status_code == unknown.status_code == 404
        varying = ("instance", "request_id")
        assert {key: value for key, value in foreign.json().items() if key not in varying} == {
            key: value for key, value in unknown.json().items() if key not in varying
        }
