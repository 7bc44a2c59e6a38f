"""Append-only tables refuse every way of changing history, and migrate is never kept from mending."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from learners.checks import check_database
from learners.common import append_only
from learners.models import Event
from tests.factories import NOON, LearnerProfileFactory

pytestmark = pytest.mark.django_db

TABLE = Event._meta.db_table


@pytest.fixture
def event() -> Event:
    return Event.objects.create(name="a.done", learner=LearnerProfileFactory(), data={}, happened_at=NOON)


class TestGuard:
    @pytest.mark.parametrize(
        "statement", [f"UPDATE {TABLE} SET name = 'b'", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE} CASCADE"]
    )
    def test_history_cannot_be_changed(self, event: Event, statement: str) -> None:
        if statement.startswith("TRUNCATE"):
            if connection.vendor == "sqlite":
                pytest.skip("SQLite has no TRUNCATE")
            connection.check_constraints()  # or the pending checks of this test's own rows refuse first

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")
    def test_a_row_cannot_be_replaced(self, event: Event) -> None:
        replacing = f"INSERT OR REPLACE INTO {TABLE} (id, name, data, happened_at) VALUES (%s, 'b', '{{}}', '2026')"

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(replacing, [event.pk])

    def test_installing_twice_changes_nothing(self) -> None:
        append_only.install()

        assert append_only.missing() == []


@pytest.mark.django_db(transaction=True)
class TestMigrateIsNotRefused:
    def test_a_missing_trigger_is_a_warning_that_migrate_mends(self) -> None:
        append_only.remove()

        warned = check_database(None, databases=["default"])
        call_command("migrate", stdout=StringIO(), skip_checks=False)

        assert [message.id for message in warned] == ["gamification.W004"]
        assert append_only.missing() == []
