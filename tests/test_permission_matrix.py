"""Who may do what: every address × method × role. An address that is missing here fails."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from rest_framework.test import APIClient

from challenges.services.days import make_days
from learners.common import clock
from learners.models import Category, Cohort, LearnerProfile
from learners.models.cohorts import Role
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from learners.services.rounds import open_round
from tests.factories import SourceFactory, UserFactory
from tests.learners.rest import client_of, client_of_source, join, learner_with_user, set_up
from tests.routes import routes

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "self", "classmate", "teacher", "stranger", "staff", "root", "source")
#         nobody     own     other       of the    of another  staff    super-  registered
#                            learner     cohort    cohort      without  user    source
#                                                              rights
OPEN = (200, 200, 200, 200, 200, 200, 200, 200)
PEOPLE = (401, 200, 200, 200, 200, 200, 200, 403)
EVERYONE = (401, 200, 200, 200, 200, 200, 200, 200)
ERASE = (401, 204, 204, 204, 204, 204, 204, 403)
GUIDES = (401, 200, 404, 200, 404, 404, 200, 403)
OWNER = (401, 200, 404, 404, 404, 404, 404, 403)
CREATE = (401, 201, 201, 201, 201, 201, 201, 403)
OWNER_CREATES = (401, 201, 404, 404, 404, 404, 404, 403)
ADMINS = (401, 403, 403, 403, 403, 403, 200, 403)
NOWHERE = (404, 404, 404, 404, 404, 404, 404, 404)
CREATE_BY_SOURCE = (401, 403, 403, 403, 403, 403, 403, 201)
BY_SOURCE = (401, 403, 403, 403, 403, 403, 403, 200)

ANSWER = {"client_id": "a-2", "learner": "kari", "correct": True, "category": "traffic_signs"}
ROUND = {"client_id": "r-2", "learner": "kari", "planned": 3}
ABOUT = "?learner={learner}"


@dataclass(frozen=True)
class Row:
    """One method of one address: what is sent, and the status that each role gets."""

    name: str
    method: str
    statuses: tuple[int, ...]
    arguments: tuple[str, ...] = ()  # names of the world's things
    query: str = ""
    body: Any = None

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"


MATRIX = [
    Row("gamification-me", "GET", PEOPLE),
    Row("gamification-me", "PATCH", PEOPLE, body={"display_name": "Kari"}),
    Row("gamification-me", "DELETE", ERASE),
    Row("gamification-me-export", "GET", PEOPLE),
    Row("gamification-learner-list", "GET", PEOPLE),
    Row("gamification-learner-detail", "GET", GUIDES, ("learner",)),
    Row("gamification-category-list", "GET", EVERYONE),
    Row("gamification-category-detail", "GET", EVERYONE, ("category",)),
    Row("gamification-activity-list", "GET", PEOPLE),
    Row("gamification-activity-list", "GET", GUIDES, query=ABOUT),
    Row("gamification-activity-list", "POST", CREATE_BY_SOURCE, body=ANSWER),
    Row("gamification-activity-detail", "GET", OWNER, ("activity",)),
    Row("gamification-activity-detail", "GET", GUIDES, ("activity",), query=ABOUT),
    Row("gamification-round-list", "POST", CREATE_BY_SOURCE, body=ROUND),
    Row("gamification-round-close", "POST", BY_SOURCE, ("round",)),
    Row("gamification-skills", "GET", PEOPLE),
    Row("gamification-skills", "GET", GUIDES, query=ABOUT),
    Row("gamification-assessment", "GET", PEOPLE),
    Row("gamification-assessment", "GET", GUIDES, query=ABOUT),
    Row("gamification-streak", "GET", PEOPLE),
    Row("gamification-streak", "GET", GUIDES, query=ABOUT),
    Row("gamification-health", "GET", OPEN),
    Row("gamification-readiness", "GET", OPEN),
    Row("gamification-schema", "GET", OPEN),
    Row("gamification-docs", "GET", OPEN),
    Row("gamification-nowhere", "GET", NOWHERE),
    Row("gamification_rewards:points-list", "GET", PEOPLE),
    Row("gamification_rewards:entry-list", "GET", PEOPLE),
    Row("gamification_challenges:challenge-list", "GET", PEOPLE),
    Row("gamification_challenges:challenge-list", "GET", GUIDES, query=ABOUT),
    Row("gamification_challenges:challenge-detail", "GET", GUIDES, ("challenge",)),
    Row("gamification_challenges:history-list", "GET", PEOPLE),
    Row("gamification_challenges:history-list", "GET", GUIDES, query=ABOUT),
    Row("gamification_challenges:challenge-why", "GET", GUIDES, ("challenge",)),
    Row("gamification_challenges:challenge-abandon", "POST", OWNER, ("challenge",)),
    Row("gamification_challenges:challenge-reopen", "POST", OWNER, ("missed",)),
    Row("gamification_challenges:challenge-rate", "POST", OWNER, ("challenge",), body={"rating": "useful"}),
    Row("practice_api:round-list", "GET", PEOPLE),
    Row("practice_api:round-list", "POST", CREATE, body={"length": 5}),
    Row("practice_api:round-detail", "GET", OWNER, ("practice",)),
    Row("practice_api:round-question", "GET", OWNER, ("practice",)),
    Row(
        "practice_api:round-answers",
        "POST",
        OWNER_CREATES,
        ("practice",),
        body={"position": 0, "option": 0},
    ),
    Row("practice_api:round-close", "POST", OWNER, ("practice",)),
    Row("gamification_challenges_admin:overview", "GET", ADMINS),
    Row("gamification_challenges_admin:generate", "POST", ADMINS, body={}),
    Row("gamification_challenges_admin:performance", "GET", ADMINS),
    Row("gamification_challenges_admin:settings", "GET", ADMINS),
    Row("gamification_challenges_admin:settings", "POST", ADMINS, body={"ml_enabled": True}),
    Row("gamification_challenges_admin:test-user", "POST", ADMINS, ("learner",)),
    Row("gamification_challenges_admin:recent", "GET", ADMINS),
    Row("gamification_challenges_admin:stats", "GET", ADMINS),
    Row("gamification_challenges_admin:categories", "GET", ADMINS),
    Row("gamification_challenges_admin:types", "GET", ADMINS),
]


@dataclass(frozen=True)
class World:
    """One learner of a class, everyone around them, and their things by name."""

    clients: dict[str, APIClient]
    things: dict[str, Any]


@pytest.fixture
def world() -> World:
    now = clock.now()
    set_up()
    people = {role: learner_with_user() for role in ("self", "classmate", "teacher", "stranger")}
    running, other = (Cohort.objects.create(code=code, name=code) for code in ("a", "b"))
    join(people["self"], running, Role.LEARNER)
    join(people["classmate"], running, Role.LEARNER)
    join(people["teacher"], running, Role.TEACHER)
    join(people["stranger"], other, Role.TEACHER)
    source = SourceFactory.create()
    category = Category.objects.get(code="traffic_signs")
    open_round(source=source, client_id="r-1", learner=str(people["self"].uuid), planned=3, now=now)
    answer = NewActivity(client_id="a-1", learner=str(people["self"].uuid), category=category.code, correct=True)
    recorded = record_activities(activities=[answer], source=source, now=now)[0]
    clients = {role: client_of(learner.user) for role, learner in people.items()}
    clients["visitor"] = APIClient()
    clients["staff"] = client_of(UserFactory.create(is_staff=True))
    clients["root"] = client_of(get_user_model().objects.create_superuser("root", password="a-long-password"))
    clients["source"] = client_of_source(source)
    challenges = clients["self"].get(reverse("gamification_challenges:challenge-list")).json()
    things = {
        "learner": str(people["self"].uuid),
        "category": category.code,
        "activity": recorded.activity_id,
        "round": "r-1",
        "challenge": challenges[0]["id"],
        "missed": missed_challenge(people["self"]),
        "practice": clients["self"]
        .post(reverse("practice_api:round-list"), {"length": 5}, format="json")
        .json()["uuid"],
    }
    return World(clients=clients, things=things)


def missed_challenge(learner: LearnerProfile) -> int:
    """Return a challenge of the learner's yesterday."""
    yesterday = learner.local_date(clock.now()) - timedelta(days=1)
    make_days(learners_by_day={yesterday: [learner.pk]}, now=clock.now())
    return learner.challenges.get(local_date=yesterday, slot=0).pk


def status_of(world: World, row: Row, role: str) -> int:
    """Send the row's request as ``role``, take back what it changed, and return the status."""
    url = reverse(row.name, args=[world.things[name] for name in row.arguments]) + row.query.format(**world.things)
    with transaction.atomic():
        response = world.clients[role].generic(
            row.method, url, "" if row.body is None else json.dumps(row.body), content_type="application/json"
        )
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_each_role_gets_what_it_may(world: World, row: Row) -> None:
    found = {role: status_of(world, row, role) for role in ROLES}

    assert found == dict(zip(ROLES, row.statuses, strict=True))


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_asking_what_an_address_takes_breaks_nothing(world: World, row: Row) -> None:
    url = reverse(row.name, args=[world.things[name] for name in row.arguments])

    statuses = {world.clients[role].options(url).status_code for role in ROLES}

    assert statuses <= ({404} if row.statuses == NOWHERE else {200, 401, 403, 405})


def test_every_address_stands_in_the_matrix() -> None:
    there = {(route.name, route.method) for route in routes()}

    assert there == {(row.name, row.method) for row in MATRIX}


@pytest.mark.parametrize("address", ["activities/", "skills/", "challenges/", "points/", "practice/rounds/"])
def test_a_source_is_known_to_every_app_and_told_why_it_may_not(address: str) -> None:
    answer = client_of_source(SourceFactory.create()).get(f"/api/v1/{address}")

    assert (answer.status_code, answer.json()["code"]) == (403, "learner-required")


def test_an_address_without_its_slash_is_led_to_the_one_with_it() -> None:
    answer = APIClient().get("/api/v1/skills")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/skills/")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("address", ["", "nothing/", "nothing/at/all/", "challenges/abc/", "activities/-1/"])
def test_an_unknown_address_is_answered_like_any_refusal(address: str, method: str) -> None:
    answer = APIClient().generic(method, f"/api/v1/{address}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not-found"


class TestTeachers:
    @pytest.mark.parametrize(
        ("starts", "ends", "sees"), [(0, 0, True), (-9, -1, False), (1, 9, False), (None, None, True)]
    )
    def test_see_their_learners_while_the_cohort_runs(self, starts: int | None, ends: int | None, sees: bool) -> None:
        teacher, learner = learner_with_user(), learner_with_user()
        today = clock.now().date()
        cohort = Cohort.objects.create(
            code="a",
            name="9A",
            starts_on=None if starts is None else today + timedelta(days=starts),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )
        join(teacher, cohort, Role.COACH)
        join(learner, cohort, Role.LEARNER)

        response = client_of(teacher.user).get(reverse("gamification-learner-list"))

        assert {one["uuid"] for one in response.json()["results"]} == {
            str(each.uuid) for each in ([teacher, learner] if sees else [teacher])
        }

    def test_do_not_see_other_teachers(self) -> None:
        teacher, colleague = learner_with_user(), learner_with_user()
        cohort = Cohort.objects.create(code="a", name="9A")
        join(teacher, cohort, Role.TEACHER)
        join(colleague, cohort, Role.TEACHER)

        response = client_of(teacher.user).get(reverse("gamification-learner-detail", args=[colleague.uuid]))

        assert response.status_code == 404

    def test_do_not_see_the_erased(self) -> None:
        teacher, learner = learner_with_user(), learner_with_user()
        cohort = Cohort.objects.create(code="a", name="9A")
        join(teacher, cohort, Role.TEACHER)
        join(learner, cohort, Role.LEARNER)
        LearnerProfile.objects.filter(pk=learner.pk).update(forgotten_at=clock.now())

        response = client_of(teacher.user).get(reverse("gamification-learner-detail", args=[learner.uuid]))

        assert response.status_code == 404


def test_foreign_unknown_and_malformed_ids_are_answered_alike() -> None:
    learner = learner_with_user()
    foreign = learner_with_user()
    ids = [str(foreign.uuid), "00000000-0000-4000-8000-000000000000", "malformed", "%00"]

    problems = [client_of(learner.user).get(f"/api/v1/learners/{one}/").json() for one in ids]

    for problem in problems:
        del problem["instance"], problem["request_id"]
    assert problems[0]["status"] == 404
    assert problems == [problems[0]] * len(ids)
