import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, models

from learners.models import Activity, Cohort, Event, LearnerIdentity, LearnerProfile, LearnerState, Membership, Source
from learners.selectors.personal import EXEMPT, exported_models, personal_models
from learners.services.batches import NewActivity
from learners.services.forgetting import export_learner, forget_learner
from learners.services.recording import record_activities
from tests.factories import LearnerProfileFactory, UserFactory

NOON = datetime(2025, 11, 21, 12, tzinfo=UTC)
CANARY = "kanarifugl"


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(code="quiz", name="Quiz")


@pytest.fixture
def learner(source: Source) -> LearnerProfile:
    """Return a learner with a canary wherever a person's own words go, and two answers."""
    answer(source, "1")
    answer(source, "2")
    found = LearnerProfile.objects.get()
    found.user = get_user_model().objects.create_user("ada")
    found.display_name, found.language, found.next_zone = f"{CANARY} 1", CANARY, CANARY
    found.save()
    Membership.objects.create(cohort=Cohort.objects.create(code="a", name="A"), learner=found)
    return found


def answer(source: Source, client_id: str, *, now: datetime = NOON) -> None:
    activity = NewActivity(client_id=client_id, learner=f"{CANARY}-2", category="signs", item="7", correct=True)
    record_activities(activities=[activity], source=source, now=now)


def tables_with(text: str) -> list[str]:
    """Return the tables of this database, ours and others', with ``text`` anywhere in a row."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in str(row) for row in cursor.fetchall()):
                found.append(table)
    return found


class TestPersonalModels:
    def test_are_all_exported_or_exempt_for_a_reason(self) -> None:
        def leads_to_a_learner(model: type[models.Model], steps: int = 5) -> bool:
            targets = [field.related_model for field in model._meta.concrete_fields if field.related_model]
            return LearnerProfile in targets or (steps > 0 and any(leads_to_a_learner(t, steps - 1) for t in targets))

        from django.apps import apps

        personal = {
            model._meta.label
            for model in apps.get_models()
            if model._meta.app_label.startswith("gamification_") and leads_to_a_learner(model)
        }
        exported = {model._meta.label for model in exported_models()}
        assert personal | {"gamification_learners.LearnerProfile"} == exported | set(EXEMPT)

    def test_finds_a_row_that_leads_to_the_learner_through_another(self) -> None:
        paths = {model._meta.label: paths for model, paths in personal_models().items()}

        assert paths["gamification_learners.Delivery"] == ["event__learner"]
        assert paths["gamification_learners.LearnerDay"] == ["learner"]


class TestExportLearner:
    def test_has_the_persons_rows_and_nobody_elses(self, learner: LearnerProfile, source: Source) -> None:
        other = NewActivity(client_id="3", learner="bo", category="signs", item="7", correct=False)
        record_activities(activities=[other], source=source, now=NOON)

        tables = export_learner(learner=learner, now=NOON)["tables"]

        assert [row["client_id"] for row in tables["gamification_learners.activity"]] == ["1", "2"]
        assert tables["gamification_learners.activity"][0]["category"] == "signs"
        assert [row["external_id"] for row in tables["gamification_learners.learneridentity"]] == [f"{CANARY}-2"]
        assert [row["id"] for row in tables["gamification_learners.learnerprofile"]] == [learner.pk]

    def test_is_printed_as_json(self, learner: LearnerProfile) -> None:
        output = StringIO()

        call_command("export_learner", str(learner.uuid), stdout=output)

        printed: dict[str, Any] = json.loads(output.getvalue())
        assert printed["learner"] == str(learner.uuid)
        assert len(printed["tables"]["gamification_learners.activity"]) == 2


class TestForgetLearner:
    def test_leaves_no_word_of_the_person_in_any_table(self, learner: LearnerProfile) -> None:
        assert set(tables_with(CANARY)) >= {"gamification_learners_learnerprofile"}

        forget_learner(learner=learner, now=NOON)

        assert tables_with(CANARY) == []

    def test_leads_to_nobody(self, learner: LearnerProfile) -> None:
        before = learner.uuid

        forgotten = forget_learner(learner=learner, now=NOON)

        assert (forgotten.user, forgotten.forgotten_at) == (None, NOON)
        assert forgotten.uuid != before
        assert not Membership.objects.exists()
        assert tables_with(str(before)) == tables_with(before.hex) == []

    def test_keeps_the_numbers(self, learner: LearnerProfile) -> None:
        events = Event.objects.count()

        forget_learner(learner=learner, now=NOON)

        assert Activity.objects.filter(learner=learner).count() == 2
        assert LearnerState.objects.get(learner=learner).n_correct == 2
        assert Event.objects.count() == events

    def test_changes_nothing_the_second_time(self, learner: LearnerProfile) -> None:
        first = forget_learner(learner=learner, now=NOON)
        again = forget_learner(learner=learner, now=NOON + timedelta(days=1))

        assert (again.uuid, again.forgotten_at) == (first.uuid, NOON)

    def test_meets_the_same_external_id_as_a_new_learner(self, learner: LearnerProfile, source: Source) -> None:
        forget_learner(learner=learner, now=NOON)

        answer(source, "3", now=NOON + timedelta(days=1))

        newcomer = LearnerIdentity.objects.get(external_id=f"{CANARY}-2").learner
        assert newcomer.pk != learner.pk
        assert LearnerState.objects.get(learner=newcomer).n_answers == 1

    def test_takes_an_external_id_on_the_command_line(self, learner: LearnerProfile) -> None:
        output = StringIO()

        call_command("forget_learner", f"{CANARY}-2", "--source", "quiz", stdout=output)

        assert output.getvalue() == f"Learner #{learner.pk} is forgotten.\n"

    @pytest.mark.parametrize("name", ["nobody", "00000000-0000-0000-0000-000000000000"])
    def test_says_when_there_is_no_such_learner(self, learner: LearnerProfile, name: str) -> None:
        with pytest.raises(CommandError, match=name):
            call_command("forget_learner", name)


@pytest.mark.django_db
def test_the_admin_s_log_forgets_the_name_too() -> None:
    learner = LearnerProfileFactory(display_name="Kari Nordmann")
    LogEntry.objects.log_actions(
        user_id=UserFactory().pk, queryset=[learner], action_flag=CHANGE, change_message="", single_object=True
    )

    forget_learner(learner=learner, now=NOON)

    assert [entry.object_repr for entry in LogEntry.objects.all()] == [""]
