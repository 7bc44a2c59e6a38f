"""Bodies that would choke a database, a clock or the parser are refused, and nothing is written."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import RequestDataTooBig
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from learners.common.rest import problems
from learners.common.rest.parsing import DEEPEST, loads
from learners.models import Activity
from tests.factories import SourceFactory
from tests.learners.rest import client_of_source

pytestmark = pytest.mark.django_db

URL = "/api/v1/activities/"
GOOD = {
    "client_id": "a-1",
    "learner": "kari",
    "category": "traffic_signs",
    "item": "q-17",
    "correct": True,
    "seconds": 12.5,
    "occurred_at": "2026-11-21T13:00:00+01:00",
}


@pytest.fixture
def quiz() -> APIClient:
    return client_of_source(SourceFactory.create())


def row_counts() -> dict[str, int]:
    """Return how many rows each table of the site holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}


def refused(client: APIClient, body: bytes, *, content_type: str = "application/json") -> dict[str, Any]:
    """Send ``body``, check that nothing was written and that the answer is a problem, and return the problem."""
    before = row_counts()

    response = client.generic("POST", URL, body, content_type=content_type)  # type: ignore[arg-type]

    assert row_counts() == before
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == response.status_code
    assert problem["instance"] == URL
    assert problem["request_id"] == response.headers["X-Request-ID"]
    assert problem.keys() == {"type", "title", "status", "detail", "instance", "code", "request_id", "errors"}
    return problem


def with_values(**values: Any) -> bytes:
    return json.dumps({**GOOD, **values}).encode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "invalid"),
        (b"{", "malformed-json"),
        (b"null", "invalid"),
        (b'"text"', "invalid"),
        (b"[]", "invalid"),
        (b"[[]]", "invalid"),
        (b'{"learner": "\xff\xfe"}', "malformed-json"),
        (b'\xef\xbb\xbf{"learner": "kari"}', "malformed-json"),
        ('{"learner": "kari"}'.encode("utf-16"), "malformed-json"),
        (b'{"learner": "kari", "learner": "ola"}', "malformed-json"),
        (b'{"value": NaN}', "malformed-json"),
        (b'{"value": -Infinity}', "malformed-json"),
        (b'{"value": 1e999}', "malformed-json"),
        (b'{"value": ' + b"9" * 5000 + b"}", "malformed-json"),
        (b'{"value": 0x1}', "malformed-json"),
        ('{"value": ١٢}'.encode(), "malformed-json"),
        (b"[" * 5000, "too-deep"),
        (b'{"a":' * 33 + b"1" + b"}" * 33, "too-deep"),
        (b'{"learner": "\\u0000"}', "bad-text"),
        (b'{"learner": "\\ud800"}', "bad-text"),
        (b'{"\\u0000": 1}', "bad-text"),
        (b'{"learner": "\x00"}', "malformed-json"),
    ],
)
def test_a_body_that_is_no_sound_json_is_refused(quiz: APIClient, body: bytes, code: str) -> None:
    problem = refused(quiz, body)

    assert (problem["status"], problem["code"]) == (400, code)


@pytest.mark.parametrize(
    ("values", "pointer", "code"),
    [
        ({"client_id": 5}, "/client_id", "not-a-text"),
        ({"client_id": ""}, "/client_id", "bad-text"),
        ({"client_id": "x" * 65}, "/client_id", "bad-text"),
        ({"client_id": None}, "/client_id", "required"),
        ({"client_id": "round:7"}, "/kind", "reserved"),
        ({"kind": "round"}, "/kind", "reserved"),
        ({"learner": "kari\u202e"}, "/learner", "bad-text"),
        ({"learner": "\u200b"}, "/learner", "bad-text"),
        ({"learner": "x" * 151}, "/learner", "bad-text"),
        ({"learner": " kari"}, "/learner", "bad-text"),
        ({"learner": ["kari"]}, "/learner", "not-a-text"),
        ({"category": "two words"}, "/category", "not-a-code"),
        ({"category": "skilt\n"}, "/category", "not-a-code"),
        ({"category": "x" * 61}, "/category", "not-a-code"),
        ({"correct": 1}, "/correct", "not-true-or-false"),
        ({"correct": "true"}, "/correct", "not-true-or-false"),
        ({"seconds": True}, "/seconds", "not-a-number"),
        ({"seconds": "12"}, "/seconds", "not-a-number"),
        ({"seconds": "١٢"}, "/seconds", "not-a-number"),
        ({"seconds": -0.1}, "/seconds", "out-of-range"),
        ({"seconds": 86_401}, "/seconds", "out-of-range"),
        ({"value": 2**31}, "/value", "out-of-range"),
        ({"value": 2**62}, "/value", "out-of-range"),
        ({"value": {}}, "/value", "not-a-number"),
        ({"occurred_at": "2027-03-28T02:30:00"}, "/occurred_at", "offset-required"),
        ({"occurred_at": "2027-02-29T12:00:00Z"}, "/occurred_at", "bad-date"),
        ({"occurred_at": "0001-01-01T00:00:00Z"}, "/occurred_at", "bad-date"),
        ({"occurred_at": "9999-12-31T23:59:59Z"}, "/occurred_at", "bad-date"),
        ({"occurred_at": "2026-11-21T12:00:60Z"}, "/occurred_at", "bad-date"),
        ({"occurred_at": "2026-11-21"}, "/occurred_at", "bad-date"),
        ({"occurred_at": "٢٠٢٦-11-21T12:00:00Z"}, "/occurred_at", "bad-date"),
        ({"occurred_at": 1_795_000_000}, "/occurred_at", "bad-date"),
        ({"xp": 5}, "/xp", "unknown-field"),
        ({"a/b~c": 5}, "/a~1b~0c", "unknown-field"),
    ],
)
def test_a_value_out_of_shape_is_refused_with_a_pointer(
    quiz: APIClient, values: dict[str, Any], pointer: str, code: str
) -> None:
    problem = refused(quiz, with_values(**values))

    assert problem["status"] == 400
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [(pointer, code)]
    assert problem["errors"][0]["detail"]


def test_an_answer_must_say_whether_it_was_right(quiz: APIClient) -> None:
    silent = {name: value for name, value in GOOD.items() if name != "correct"}

    problem = refused(quiz, json.dumps(silent).encode())

    assert problem["errors"] == [{"pointer": "/correct", "code": "required", "detail": problem["errors"][0]["detail"]}]


def test_one_invalid_activity_refuses_the_batch_and_points_to_it(quiz: APIClient) -> None:
    batch = [{**GOOD, "client_id": f"a-{index}"} for index in range(5)]
    batch[3]["correct"] = "yes"

    problem = refused(quiz, json.dumps(batch).encode())

    assert [error["pointer"] for error in problem["errors"]] == ["/3/correct"]


def test_more_than_500_activities_are_too_many(quiz: APIClient) -> None:
    batch = [{**GOOD, "client_id": f"a-{index}"} for index in range(501)]

    problem = refused(quiz, json.dumps(batch).encode())

    assert (problem["status"], problem["code"]) == (400, "too-many-items")


def test_a_body_over_a_megabyte_is_refused_before_it_is_read(quiz: APIClient) -> None:
    problem = refused(quiz, b'{"learner": "' + b"x" * 1_000_000 + b'"}')

    assert (problem["status"], problem["code"]) == (413, "body-too-large")


def test_a_body_that_django_itself_finds_too_large_gets_a_problem_too() -> None:
    request = Request(APIRequestFactory().post(URL))

    response = problems.handle(RequestDataTooBig(), {"request": request})

    assert response is not None
    assert (response.status_code, response.data["code"]) == (413, "body-too-large")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/json; charset=iso-8859-1", "application/x-www-form-urlencoded"]
)
def test_another_content_type_or_charset_is_unsupported(quiz: APIClient, content_type: str) -> None:
    problem = refused(quiz, json.dumps(GOOD).encode(), content_type=content_type)

    assert (problem["status"], problem["code"]) == (415, "unsupported-media-type")


def test_the_good_body_of_this_file_is_recorded(quiz: APIClient) -> None:
    response = quiz.post(URL, GOOD, format="json")

    assert response.status_code == 201, response.content
    assert Activity.objects.count() == 1


def test_depth_is_counted_outside_texts_only() -> None:
    assert loads(b'"' + b"[" * 100 + b'"') == "[" * 100
    assert loads(b"[" * DEEPEST + b"]" * DEEPEST)


def test_escaped_characters_that_can_be_stored_are_kept() -> None:
    assert loads(rb'["\u00c5", "\ud83d\ude00", "\\u0000"]') == ["Å", "😀", r"\u0000"]
