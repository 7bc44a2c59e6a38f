"""Pages, addresses, rates, languages, and what a reader sees when the database is away."""

from typing import Any

import pytest
from django.core import signing
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from learners.common.languages import OURS, available
from learners.common.rest import problems
from learners.models import Category
from learners.selectors import health
from tests.factories import UserFactory
from tests.learners.rest import client_of, learner_with_user

pytestmark = pytest.mark.django_db

CATEGORIES = "/api/v1/categories/"


@pytest.fixture
def reader() -> APIClient:
    return client_of(learner_with_user().user)


def make_categories(count: int) -> None:
    for number in range(count):
        Category.objects.create(code=f"topic_{number:03}", label="Emne", position=number)


class TestPaging:
    def test_pages_follow_one_another_without_gaps(self, reader: APIClient) -> None:
        make_categories(7)
        seen: list[str] = []
        url: str | None = f"{CATEGORIES}?page_size=3"

        while url:
            page = reader.get(url).json()
            seen += [row["code"] for row in page["results"]]
            url = page["next"]

        assert seen == [f"topic_{number:03}" for number in range(7)]

    @pytest.mark.parametrize("size", ["0", "-1", "1000000000", "101", "ten", "1.5", "", "٣", "9" * 5000])
    def test_a_page_has_1_to_100_rows(self, reader: APIClient, size: str) -> None:
        response = reader.get(CATEGORIES, {"page_size": size})

        assert (response.status_code, response.json()["code"]) == (400, "bad-query")

    @pytest.mark.parametrize("cursor", ["", "x", "cD0y", signing.dumps([0, False, "1"], salt="else"), "\x00"])
    def test_a_forged_cursor_is_refused(self, reader: APIClient, cursor: str) -> None:
        response = reader.get(CATEGORIES, {"cursor": cursor})

        assert (response.status_code, response.json()["code"]) == (400, "bad-query")

    def test_anothers_cursor_is_refused(self, reader: APIClient) -> None:
        make_categories(2)
        theirs = client_of(UserFactory.create()).get(f"{CATEGORIES}?page_size=1").json()["next"]

        response = reader.get(theirs)

        assert (response.status_code, response.json()["code"]) == (400, "bad-query")

    @pytest.mark.parametrize("query", ["xp=abc", "ordering=-code", "code=%00", "page_size=1&page_size=2", "format=xml"])
    def test_a_parameter_that_nobody_reads_is_refused(self, reader: APIClient, query: str) -> None:
        response = reader.get(f"{CATEGORIES}?{query}")

        assert (response.status_code, response.json()["code"]) == (400, "bad-query")


class TestRefusals:
    def test_a_wrong_method_names_the_right_ones(self, reader: APIClient) -> None:
        response = reader.post(CATEGORIES, {}, format="json")

        assert (response.status_code, response.json()["code"]) == (405, "method-not-allowed")
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"

    def test_another_form_of_answer_is_not_available(self, reader: APIClient) -> None:
        response = reader.get(CATEGORIES, headers={"accept": "application/xml"})

        assert (response.status_code, response.json()["code"]) == (406, "not-acceptable")

    def test_visitors_are_asked_to_log_in(self) -> None:
        response = APIClient().get(CATEGORIES)

        assert (response.status_code, response.json()["code"]) == (401, "not-authenticated")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")

    def test_there_is_no_browsable_page(self) -> None:
        browser = Client()
        browser.force_login(UserFactory.create())

        response = browser.get(CATEGORIES, headers={"accept": "text/html,*/*;q=0.8"})

        assert response.headers["Content-Type"] == "application/json"

    def test_answers_are_kept_by_nobody_on_the_way(self, reader: APIClient) -> None:
        assert reader.get(CATEGORIES).headers["Cache-Control"] == "private, no-store"

    def test_a_sane_request_id_of_the_caller_is_kept(self, reader: APIClient) -> None:
        kept = reader.get("/api/v1/learners/none/", headers={"x-request-id": "trace-0123456789"})
        replaced = reader.get("/api/v1/learners/none/", headers={"x-request-id": "<script>"})

        assert kept.json()["request_id"] == kept.headers["X-Request-ID"] == "trace-0123456789"
        assert replaced.json()["request_id"] == replaced.headers["X-Request-ID"] != "<script>"

    def test_a_lost_database_is_said_to_come_back(self) -> None:
        response = problems.handle(OperationalError("deadlock detected"), {"request": some_request()})

        assert response is not None
        assert (response.status_code, response.data["code"]) == (503, "unavailable")
        assert response.headers["Retry-After"] == "2"
        assert "deadlock" not in str(response.data)

    def test_an_unexpected_error_shows_no_inside(self) -> None:
        response = problems.handle(KeyError("secret"), {"request": some_request()})

        assert response is not None
        assert (response.status_code, response.data["code"]) == (500, "internal-error")
        assert "secret" not in str(response.data)

    def test_flaws_of_a_serializer_become_pointers(self) -> None:
        error = ValidationError({"a/b": [{"c~d": ["Wrong."]}], "non_field_errors": ["Both."]})

        found = [(flaw.pointer, flaw.detail) for flaw in problems.invalid(error.detail).flaws]

        assert found == [("/a~1b/0/c~0d", "Wrong."), ("", "Both.")]


def some_request() -> Request:
    return Request(APIRequestFactory().get(CATEGORIES))


class TestRates:
    @pytest.fixture(autouse=True)
    def own_counters(self, request: pytest.FixtureRequest) -> Any:
        cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.name}
        limits = {"REST": {"READ_PER_MINUTE": 2, "WRITE_PER_MINUTE": 1}}
        with override_settings(CACHES={"default": cache}, GAMIFICATION=limits):
            yield

    def test_the_third_read_of_two_has_to_wait(self, reader: APIClient) -> None:
        statuses = [reader.get(CATEGORIES).status_code for _ in range(2)]

        refused = reader.get(CATEGORIES)

        assert statuses == [200, 200]
        assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
        assert 1 <= int(refused.headers["Retry-After"]) <= 61

    def test_writing_is_counted_apart_from_reading(self, reader: APIClient) -> None:
        first = reader.patch("/api/v1/learners/me/", {}, format="json")
        second = reader.patch("/api/v1/learners/me/", {}, format="json")

        assert (first.status_code, second.status_code) == (200, 429)
        assert reader.get(CATEGORIES).status_code == 200

    def test_each_reader_has_a_count_of_their_own(self, reader: APIClient) -> None:
        for _ in range(3):
            reader.get(CATEGORIES)

        assert client_of(UserFactory.create()).get(CATEGORIES).status_code == 200


@pytest.mark.skipif(available() != OURS, reason="needs columns in nb, nn and en")
class TestLanguages:
    @pytest.mark.parametrize(("language", "label"), [("nb", "Trafikkskilt"), ("en", "Traffic signs")])
    def test_a_category_is_named_in_the_readers_language(self, reader: APIClient, language: str, label: str) -> None:
        Category.objects.create(code="traffic_signs", label_nb="Trafikkskilt", label_en="Traffic signs")

        response = reader.get(f"{CATEGORIES}traffic_signs/", headers={"accept-language": language})

        assert response.json()["label"] == label

    @pytest.mark.parametrize(
        ("language", "title"),
        [("nb", "Dette finnes ikke."), ("nn", "Dette finst ikkje."), ("en", "There is no such thing.")],
    )
    def test_a_refusal_speaks_the_readers_language(self, reader: APIClient, language: str, title: str) -> None:
        response = reader.get(f"{CATEGORIES}nothing/", headers={"accept-language": language})

        assert response.json()["title"] == title


class TestHealth:
    def test_readiness_names_what_was_looked_at(self, client: Client) -> None:
        response = client.get("/api/v1/readiness/")

        assert response.json() == {"status": "ok", "database": True, "cache": True, "migrations": True}

    @override_settings(
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        }
    )
    def test_a_cache_that_does_not_answer_makes_the_site_unready(self, client: Client) -> None:
        response = client.get("/api/v1/readiness/")

        assert response.status_code == 503
        assert (response.json()["cache"], response.json()["database"]) == (False, True)

    def test_a_missing_migration_makes_the_site_unready(self, client: Client) -> None:
        MigrationRecorder(connection).record_unapplied("gamification_learners", "0001_facts")

        response = client.get("/api/v1/readiness/")

        assert response.status_code == 503
        assert (response.json()["migrations"], response.json()["database"]) == (False, True)

    def test_a_site_is_ready_only_with_everything(self) -> None:
        assert not health.Readiness(database=True, cache=True, migrations=False).ready
        assert not health.Readiness(database=False, cache=True, migrations=False).ready

    def test_liveness_asks_no_database(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            response = client.get("/api/v1/health/")

        assert response.json() == {"status": "ok"}

    def test_the_docs_page_loads_nothing_from_elsewhere(self, client: Client) -> None:
        page = client.get("/api/v1/docs/").content.decode()

        assert "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in page
        assert "https://" not in page
        assert "/api/v1/schema/" in page or "../schema/" in page
