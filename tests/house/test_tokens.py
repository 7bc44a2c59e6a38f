"""Logging in for a token."""

from typing import Any

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TOKEN = "/api/v1/auth/token/"


@pytest.fixture(autouse=True)
def own_counters(request: pytest.FixtureRequest) -> Any:
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.name}
    with override_settings(CACHES={"default": cache}, GAMIFICATION={}):
        yield


def log_in(username: Any, password: Any) -> Any:
    return APIClient().post(TOKEN, {"username": username, "password": password}, format="json")


def test_name_and_password_give_a_token() -> None:
    user = UserFactory.create()

    response = log_in(user.username, "a-long-password")

    assert response.status_code == 200
    assert response.json().keys() == {"access", "refresh"}


def test_a_known_and_an_unknown_name_are_refused_alike() -> None:
    user = UserFactory.create()

    problems = [log_in(name, "wrong").json() for name in (user.username, "nobody")]

    for problem in problems:
        del problem["request_id"]
    assert problems[0] == problems[1]
    assert (problems[0]["status"], problems[0]["code"]) == (401, "authentication-failed")


def test_the_sixth_try_within_a_minute_has_to_wait() -> None:
    user = UserFactory.create()
    tries = [log_in(user.username, "wrong").status_code for _ in range(5)]

    sixth = log_in(user.username.upper(), "a-long-password")

    assert tries == [401] * 5
    assert (sixth.status_code, sixth.json()["code"]) == (429, "throttled")
    assert int(sixth.headers["Retry-After"]) > 0
    assert log_in(UserFactory.create().username, "a-long-password").status_code == 200


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"username": "\\u0000"}', b"[" * 5000, b'{"username": {}}'])
def test_a_body_out_of_shape_is_a_problem(body: bytes) -> None:
    response = APIClient().generic("POST", TOKEN, body.decode(), content_type="application/json")

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_worthless_refresh_token_is_refused() -> None:
    response = APIClient().post("/api/v1/auth/token/refresh/", {"refresh": "x"}, format="json")

    assert response.status_code == 401
    assert response.json()["code"] == "authentication-failed"
