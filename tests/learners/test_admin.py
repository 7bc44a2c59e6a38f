"""Every admin page answers with data, in a constant number of statements, and the logs only show."""

from dataclasses import fields
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learners.common.admin import MOST_COUNTED, CappedPaginator
from learners.facts import ActivityFact, fact_to_json
from learners.models import (
    Activity,
    ActivityKind,
    CategoryStatistic,
    Cohort,
    Delivery,
    Event,
    HandlerFailure,
    ItemStatistic,
    LearnerProfile,
    Source,
    SourceKey,
    StatisticsVersion,
    Wording,
)
from learners.models.cohorts import Role
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from learners.services.rounds import open_round
from learners.services.sources import issue_key, source_of
from tests.factories import NOON, SourceFactory, UserFactory
from tests.learners.rest import join, learner_with_user

pytestmark = pytest.mark.django_db

OURS = sorted(
    (model for model in admin.site._registry if model._meta.app_label.startswith("gamification_")),
    key=lambda model: model._meta.label,
)
LEARNERS = [model for model in OURS if model._meta.app_label == "gamification_learners"]
READ_ONLY = {"activity", "round", "handlerfailure", "skillestimate", "learnerday", "learnerstate", "event", "delivery"}


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "a-long-password"))
    return client


def furnish(rows: int) -> None:
    """Make ``rows`` of everything that has a page, by the services that make them in life where one does."""
    source = SourceFactory.create()
    statistics = StatisticsVersion.objects.create(created_at=NOON, is_complete=True)
    for number in range(rows):
        _furnish_one(number, source, statistics)


def _furnish_one(number: int, source: Source, statistics: StatisticsVersion) -> None:
    issue_key(source=source, now=NOON)
    name = f"learner-{number}"
    open_round(source=source, client_id=f"r-{number}", learner=name, planned=2, now=NOON, category=f"topic_{number}")
    answer = NewActivity(
        client_id=f"a-{number}",
        learner=name,
        category=f"topic_{number}",
        item=f"q-{number}",
        correct=True,
        round=f"r-{number}",
    )
    recorded = record_activities(activities=[answer], source=source, now=NOON)[0]
    activity = Activity.objects.get(pk=recorded.activity_id)
    LearnerProfile.objects.filter(pk=activity.learner_id).update(user=UserFactory.create())
    join(activity.learner, Cohort.objects.create(code=f"class-{number}", name="9A"), Role.TEACHER)
    event = Event.objects.create(name="round.closed", learner=activity.learner, happened_at=NOON)
    Delivery.objects.create(event=event, consumer="webhook", not_before=NOON)
    HandlerFailure.objects.create(
        activity=activity,
        learner=activity.learner,
        handler=f"room{number}.handlers.on_activities",
        fact={},
        error="ValueError",
        failed_at=NOON,
    )
    assert activity.category
    assert activity.item
    CategoryStatistic.objects.create(version=statistics, category=activity.category, n=4, wins=3, logit=1.1)
    ItemStatistic.objects.create(version=statistics, item=activity.item, n=4, wins=3, logit=1.1)
    ActivityKind.objects.create(code=f"kind-{number}", name="Kind")
    Wording.objects.create(
        purpose="challenge", kind="quiz", origin="ml", variant=number, title="Tittel", text="Ta {n} spørsmål."
    )


def address(model: type[Any], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def statements(client: Client, url: str) -> int:
    client.get(url)  # content types and permissions are cached by the first look

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)

    assert response.status_code == 200, url
    return len(queries)


class TestPages:
    @pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
    def test_list_search_and_form_answer(self, staff: Client, model: type[Any]) -> None:
        furnish(2)

        listed = staff.get(address(model, "changelist"))
        searched = staff.get(address(model, "changelist"), {"q": "17"})
        added = staff.get(address(model, "add"))

        assert (listed.status_code, searched.status_code) == (200, 200)
        assert added.status_code in {200, 403}
        for row in model._default_manager.all()[:1]:
            assert staff.get(address(model, "change", row.pk)).status_code == 200

    @pytest.mark.parametrize("model", LEARNERS, ids=lambda model: model._meta.model_name)
    def test_a_list_takes_as_many_statements_for_20_rows_as_for_1(self, staff: Client, model: type[Any]) -> None:
        furnish(1)
        assert model._default_manager.exists()
        few = statements(staff, address(model, "changelist"))

        furnish_more(19)

        assert statements(staff, address(model, "changelist")) == few

    def test_a_cohort_of_20_takes_as_many_statements_as_one_of_1(self, staff: Client) -> None:
        cohort = Cohort.objects.create(code="class", name="9A")
        join(learner_with_user(), cohort, Role.LEARNER)
        few = statements(staff, address(Cohort, "change", cohort.pk))

        for _ in range(19):
            join(learner_with_user(), cohort, Role.LEARNER)

        assert statements(staff, address(Cohort, "change", cohort.pk)) == few

    def test_every_model_of_learners_has_a_page(self) -> None:
        assert set(LEARNERS) == set(apps.get_app_config("gamification_learners").get_models())

    @pytest.mark.parametrize("name", sorted(READ_ONLY))
    def test_logs_only_show(self, staff: Client, name: str) -> None:
        furnish(1)
        model = next(model for model in LEARNERS if model._meta.model_name == name)
        row = model._default_manager.all()[0]

        assert staff.get(address(model, "add")).status_code == 403
        assert staff.post(address(model, "change", row.pk), {}).status_code == 403
        assert staff.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403

    def test_a_page_number_is_counted_up_to_ten_thousand_rows_only(self) -> None:
        paginator = CappedPaginator(Activity.objects.order_by("-id"), 50)

        with CaptureQueriesContext(connection) as queries:
            assert paginator.count == 0

        assert f"LIMIT {MOST_COUNTED}" in queries[0]["sql"]


def furnish_more(rows: int) -> None:
    source = Source.objects.get()
    statistics = StatisticsVersion.objects.get()
    for number in range(100, 100 + rows):
        _furnish_one(number, source, statistics)


class TestSearch:
    def test_a_learner_is_found_by_the_name_a_source_has_for_them(self, staff: Client) -> None:
        furnish(2)

        found = staff.get(address(LearnerProfile, "changelist"), {"q": "learner-1"})

        assert [learner.identities.get().external_id for learner in found.context["cl"].result_list] == ["learner-1"]

    def test_activities_are_found_by_the_learners_public_name(self, staff: Client) -> None:
        furnish(2)
        learner = LearnerProfile.objects.get(identities__external_id="learner-0")

        found = staff.get(address(Activity, "changelist"), {"q": str(learner.uuid)})

        assert [activity.client_id for activity in found.context["cl"].result_list] == ["a-0"]

    def test_what_can_be_no_key_finds_nothing(self, staff: Client) -> None:
        furnish(1)

        found = staff.get(address(Activity, "changelist"), {"q": "kari"})

        assert list(found.context["cl"].result_list) == []


class TestForgetting:
    def test_staff_are_asked_before_a_learner_is_forgotten(self, staff: Client) -> None:
        learner = LearnerProfile.objects.create(display_name="Kari", created_at=NOON)
        form = {"action": "forget", "_selected_action": [learner.pk]}

        asked = staff.post(address(LearnerProfile, "changelist"), form)
        before = LearnerProfile.objects.get().display_name
        staff.post(address(LearnerProfile, "changelist"), {**form, "sure": "yes"})

        assert "Kari" in asked.content.decode()
        assert before == "Kari"
        forgotten = LearnerProfile.objects.get()
        assert forgotten.display_name == ""
        assert forgotten.forgotten_at is not None


class TestReplay:
    def test_what_waits_is_replayed_for_the_whole_learner(self, staff: Client) -> None:
        source = SourceFactory.create()
        answer = NewActivity(client_id="a-1", learner="kari", category="signs", correct=True)
        activity = Activity.objects.get(
            pk=record_activities(activities=[answer], source=source, now=NOON)[0].activity_id
        )
        failure = HandlerFailure.objects.create(
            activity=activity,
            learner=activity.learner,
            handler="taken.out.handlers.on_activities",  # a room that is gone has nothing left to do
            error="ValueError",
            fact=fact_to_json(fact_of(activity)),
            failed_at=NOON,
        )

        staff.post(address(HandlerFailure, "changelist"), {"action": "replay", "_selected_action": [failure.pk]})

        failure.refresh_from_db()
        assert failure.resolved_at is not None


def fact_of(activity: Activity) -> ActivityFact:
    """Return what the rooms were told of an activity without a round."""
    told: dict[str, Any] = {"category_code": "signs", "streak": 1, "answers_today": 1, "right_in_a_row": 1}
    names = {field.name for field in fields(ActivityFact)} - {*told, "round"}
    return ActivityFact(**told, **{name: getattr(activity, name) for name in names})


class TestKeys:
    def test_a_new_key_is_shown_once_and_works(self, staff: Client) -> None:
        source = SourceFactory.create()
        form = {"action": "issue_keys", "_selected_action": [source.pk]}

        page = staff.post(address(Source, "changelist"), form)

        secret = page.context["issued"][0].secret
        assert secret in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
        assert source_of(secret=secret) == source
        assert secret not in staff.get(address(Source, "change", source.pk)).content.decode()

    def test_a_revoked_key_stops_working(self, staff: Client) -> None:
        issued = issue_key(source=SourceFactory.create(), now=NOON)
        form = {"action": "revoke", "_selected_action": [issued.key.pk]}

        staff.post(address(SourceKey, "changelist"), form)

        assert source_of(secret=issued.secret) is None


class TestWordings:
    def test_a_changed_text_is_a_new_version(self, staff: Client) -> None:
        old = Wording.objects.create(
            purpose="challenge", kind="quiz", origin="ml", variant=1, title="Tittel", text="Ta {n} spørsmål."
        )
        form = wording_form(staff, old)

        staff.post(address(Wording, "change", old.pk), changed(form, "{n}", "alle {n}"))

        old.refresh_from_db()
        new = Wording.objects.get(version=2)
        assert (old.text, old.is_active) == ("Ta {n} spørsmål.", False)
        assert (new.text, new.is_active) == ("Ta alle {n} spørsmål.", True)

    def test_a_text_with_a_slot_that_nobody_fills_is_refused(self, staff: Client) -> None:
        old = Wording.objects.create(
            purpose="challenge", kind="quiz", origin="ml", variant=1, title="Tittel", text="Ta {n} spørsmål."
        )
        form = wording_form(staff, old)

        page = staff.post(address(Wording, "change", old.pk), changed(form, "{n}", "{antall}"), follow=True)

        assert "antall" in page.content.decode()
        assert Wording.objects.count() == 1


def wording_form(client: Client, wording: Wording) -> dict[str, Any]:
    """Return the values that the page's form would send back unchanged."""
    form = client.get(address(Wording, "change", wording.pk)).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def changed(form: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {name: value.replace(old, new) if isinstance(value, str) else value for name, value in form.items()}
