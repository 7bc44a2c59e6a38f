"""The nine endpoints for administrators answer with the specification's keys, do what they say, and refuse politely."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from rest_framework.test import APIClient

from challenges.models import Challenge, ChallengeSettings, ChallengeType, Origin
from challenges.services.generation import generate_for_day
from learners.common import clock
from learners.models import Category
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db

URL = "/admin/api/ml-challenges/"
READS = ("overview", "performance", "settings", "recent", "stats", "categories", "types")
TYPES = {"quiz", "perfect_score", "category_focus", "streak", "speed_challenge", "accuracy_challenge"}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def staff() -> APIClient:
    user = UserFactory.create(is_staff=True)
    names = ("view_challenge", "add_generationrun", "view_challengesettings", "change_challengesettings")
    user.user_permissions.set(Permission.objects.filter(codename__in=(*names, "change_challengetype")))
    client = APIClient(headers={"accept-language": "en"})
    client.force_authenticate(user)
    return client


def body_of(response: Any, status: int = 200) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    assert (response.status_code, body["success"]) == (status, status == 200), body
    return body


class TestReading:
    def test_overview_counts_the_week(self, staff: APIClient) -> None:
        a_learner(answers=60, topics=a_site())
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        generate_for_day(day=TODAY, now=NOON)
        Challenge.objects.filter(slot=2).update(source=Origin.MANUAL)

        overview = body_of(staff.get(f"{URL}overview"))["overview"]

        assert set(overview) == {
            *("total_challenges_week", "ml_generated_week", "manual_created_week"),
            *("ml_enabled", "performance_stats", "ml_status"),
        }
        assert (overview["total_challenges_week"], overview["ml_generated_week"]) == (3, 2)
        assert (overview["manual_created_week"], overview["ml_enabled"]) == (1, True)
        assert {"ml_enabled", "skill_profiles", "algorithm_version", "features_available"} <= set(overview["ml_status"])

    def test_performance_counts_by_type_and_says_when_there_is_too_little(self, staff: APIClient) -> None:
        a_learner(answers=60, topics=a_site())
        generate_for_day(day=TODAY, now=NOON)

        performance = body_of(staff.get(f"{URL}performance?days=7"))["performance"]

        assert set(performance) == {"overview", "by_type", "period_days"}
        assert performance["period_days"] == 7
        assert sum(entry["total_assigned"] for entry in performance["by_type"].values()) == 3
        for name, entry in performance["by_type"].items():
            assert name.rpartition("_")[0] in TYPES
            assert name.rpartition("_")[2] in {"ml", "manual"}
            assert set(entry) == {"total_assigned", "total_completed", "completion_rate"}
        assert performance["overview"]["comparison"]["completion"]["verdict"] == "too_little_data"

    def test_recent_shows_the_newest_first(self, staff: APIClient) -> None:
        a_learner(answers=60, topics=a_site())
        for days in (9, 1, 0):
            generate_for_day(day=TODAY - timedelta(days=days), now=NOON)
        Challenge.objects.filter(local_date=TODAY, slot=2).update(status=1, completed_at=NOON)

        recent = body_of(staff.get(f"{URL}recent?days=7&limit=4"))

        assert (recent["total_found"], recent["period_days"]) == (4, 7)
        assert [row["date"] for row in recent["challenges"]] == ["2026-11-21"] * 3 + ["2026-11-20"]
        assert recent["challenges"][0]["stats"] == {"total_assigned": 1, "completed": 1, "completion_rate": 1.0}
        assert recent["challenges"][0]["title"]

    def test_stats_count_people_and_challenges(self, staff: APIClient) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        a_learner(answers=60, topics=topics)
        a_learner(answers=12, topics=topics)
        generate_for_day(day=TODAY, now=NOON)

        stats = body_of(staff.get(f"{URL}stats"))["stats"]

        assert stats == {
            "total_ml_challenges": 3,
            "total_manual_challenges": 3,
            "users_with_ml_data": 1,
            "total_active_users": 2,
            "today_ml_challenges": 3,
            "today_manual_challenges": 3,
            "ml_system_status": {"enabled": True, "service_initialized": True},
        }

    def test_categories_and_types_are_the_sites_rows(self, staff: APIClient) -> None:
        a_site()

        categories = body_of(staff.get(f"{URL}categories"))["categories"]
        types = body_of(staff.get(f"{URL}types"))["challenge_types"]

        assert categories[0] == {
            "key": "traffic_signs",
            "name": "Traffic_signs",
            "description": "",
            "difficulty_weight": 1.0,
        }
        assert {row["key"] for row in types} == TYPES
        assert {"name", "description", "base_xp", "scaling_factor", "requirement_range"} <= set(types[0])
        assert {"category_specific", "ml_weight"} <= set(types[0])


class TestGenerate:
    def test_makes_a_day_even_while_the_automation_is_off(self, staff: APIClient) -> None:
        a_learner(answers=60, topics=a_site())
        ChallengeSettings.objects.update(automation_on=False)

        body = body_of(staff.post(f"{URL}generate", {"target_date": "2026-11-22"}, format="json"))

        assert body["message"] == "3 challenges for 1 learners."
        assert body["results"]["target_date"] == "2026-11-22"
        assert Challenge.objects.filter(local_date="2026-11-22").count() == 3

    @pytest.mark.parametrize("given", [{"target_date": "tomorrow"}, {"target_date": "2036-01-01"}, {"date": "x"}])
    def test_refuses_a_day_that_is_none(self, staff: APIClient, given: dict[str, str]) -> None:
        body = body_of(staff.post(f"{URL}generate", given, format="json"), status=400)

        assert body["message"]
        assert not Challenge.objects.exists()


class TestSettings:
    def test_what_is_posted_is_kept_and_changes_the_next_generation(self, staff: APIClient) -> None:
        topics = a_site()
        for number in range(5):
            a_learner(answers=60, topics=topics, thetas=(0.3 * number, 0.0, -0.5, 0.5))
        off = dict.fromkeys(TYPES - {"quiz"}, False)
        changes = {
            "ml_enabled": False,
            "challenge_types_enabled": off,
            "categories_enabled": {"road_markings": False},
            "difficulty_range": {"min": 0.4, "max": 0.45},
            "xp_multiplier": 2,
        }

        body_of(staff.post(f"{URL}settings", changes, format="json"))
        settings = body_of(staff.get(f"{URL}settings"))["settings"]
        generate_for_day(day=TODAY, now=NOON)

        assert set(settings) == {
            *("ml_enabled", "fallback_enabled", "auto_generation_enabled", "challenge_types_enabled"),
            *("categories_enabled", "difficulty_range", "xp_multiplier"),
        }
        assert (settings["ml_enabled"], settings["fallback_enabled"], settings["xp_multiplier"]) == (False, True, 2.0)
        assert settings["difficulty_range"] == {"min": 0.4, "max": 0.45}
        rows = Challenge.objects.select_related("type", "category")
        assert {row.type.code for row in rows} == {"quiz"}
        assert "road_markings" not in {row.category.code for row in rows if row.category}
        assert all(0.4 <= row.difficulty <= 0.45 for row in rows)
        assert {row.source for row in rows} == {Origin.FALLBACK}

    @pytest.mark.parametrize(
        "changes",
        [
            {"xp_multiplier": 20},
            {"xp_multiplier": "much"},
            {"difficulty_range": {"min": 0.8, "max": 0.3}},
            {"difficulty_range": {"min": -1}},
            {"challenge_types_enabled": {"duel": True}},
            {"categories_enabled": {"nowhere": True}},
            {"ml_enabled": "perhaps"},
            {"nonsense": True},
        ],
    )
    def test_what_cannot_be_used_is_refused_whole(self, staff: APIClient, changes: dict[str, Any]) -> None:
        a_site()

        body = body_of(staff.post(f"{URL}settings", {"fallback_enabled": False} | changes, format="json"), status=400)

        assert body["message"]
        assert ChallengeSettings.objects.get().fallback_on
        assert ChallengeType.objects.filter(is_enabled=True).count() == 6
        assert Category.objects.filter(is_enabled=True).count() == 4


class TestTestUser:
    def test_shows_what_a_learner_would_get_and_writes_nothing(self, staff: APIClient) -> None:
        user = UserFactory.create()
        a_learner(answers=60, topics=a_site(), user=user)
        ChallengeSettings.objects.update(randomized_fallback_share=0)

        body = body_of(staff.post(f"{URL}test-user/{user.pk}"))

        assert body["user"] == {"id": user.pk, "username": user.get_username(), "total_xp": 0}
        result = body["result"]
        assert result["challenge_generated"] is True
        assert {"title", "description", "type", "requirement"} <= set(result["challenge"])
        assert {"xp_reward", "bonus_reward", "category", "difficulty"} <= set(result["challenge"])
        assert set(result["user_analysis"]) == {"weak_areas", "skill_level", "confidence", "total_questions"}
        assert result["user_analysis"]["total_questions"] == 60
        assert result["challenge"]["reasons"][0]["text"]
        assert set(result["challenge"]["xp_by_version"]) == {"v1", "v2"}
        assert not Challenge.objects.exists()

    def test_what_it_shows_is_what_the_night_makes(self, staff: APIClient) -> None:
        learner = a_learner(answers=60, topics=a_site())

        shown = body_of(staff.post(f"{URL}test-user/{learner.uuid}"))["result"]["challenges"]
        generate_for_day(day=TODAY, now=NOON)

        made = learner.challenges.select_related("type").order_by("slot")
        assert [(row["type"], row["requirement"], row["xp_reward"]) for row in shown] == [
            (row.type.code, row.requirement, row.xp) for row in made
        ]

    def test_says_why_where_nothing_can_be_chosen(self, staff: APIClient) -> None:
        learner = a_learner(answers=60, topics=a_site())
        ChallengeType.objects.update(is_enabled=False)

        result = body_of(staff.post(f"{URL}test-user/{learner.uuid}"))["result"]

        assert (result["challenge_generated"], result["reason"]) == (False, "no_type_enabled")

    def test_knows_nobody_by_a_wrong_key(self, staff: APIClient) -> None:
        for ref in ("999999", "nobody", "9" * 60):
            body_of(staff.post(f"{URL}test-user/{ref}"), status=404)


class TestWhoMay:
    @pytest.mark.parametrize("name", READS)
    def test_visitors_learners_and_staff_without_permission_read_nothing(self, name: str) -> None:
        learner, plain = APIClient(), APIClient()
        learner.force_authenticate(UserFactory.create())
        plain.force_authenticate(UserFactory.create(is_staff=True))

        assert body_of(APIClient().get(URL + name), status=401)["message"]
        assert body_of(learner.get(URL + name), status=403)["message"]
        assert body_of(plain.get(URL + name), status=403)["message"]

    def test_who_may_only_read_changes_nothing(self) -> None:
        user = UserFactory.create(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=["view_challenge", "view_challengesettings"]))
        client = APIClient()
        client.force_authenticate(user)

        body_of(client.get(f"{URL}settings"))
        body_of(client.post(f"{URL}settings", {"ml_enabled": False}, format="json"), status=403)
        body_of(client.post(f"{URL}generate", {}, format="json"), status=403)

    def test_a_session_needs_its_token(self) -> None:
        root = UserFactory.create(is_staff=True, is_superuser=True)
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(root)

        without = browser.post(f"{URL}generate", "{}", content_type="application/json")
        browser.cookies["csrftoken"] = token = "a" * 32
        with_it = browser.post(f"{URL}generate", "{}", content_type="application/json", headers={"x-csrftoken": token})

        body_of(without, status=403)
        body_of(with_it)

    @pytest.mark.parametrize("query", ["performance?days=0", "recent?limit=9999", "recent?days=x", "stats?nonsense=1"])
    def test_queries_are_checked(self, staff: APIClient, query: str) -> None:
        body_of(staff.get(URL + query), status=400)

    def test_a_wrong_method_is_said_in_the_same_shape(self, staff: APIClient) -> None:
        assert body_of(staff.delete(f"{URL}settings"), status=405)["message"]
