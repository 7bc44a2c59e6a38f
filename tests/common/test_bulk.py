"""Many rows in one statement, the same on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from learners.common import bulk
from learners.models import Category, Event, LearnerDay, Source
from tests.factories import NOON, CategoryFactory, LearnerProfileFactory, SourceFactory

pytestmark = pytest.mark.django_db


def source_row(code: str) -> dict[str, object]:
    return {
        "code": code,
        "name": "«Æ» \\ 'x' {}, \"y\"",
        "namespace": "12345678123456781234567812345678",
        "is_active": True,
        "creates_categories": False,
        "learner_ids_are_users": False,
    }


class TestInsertNew:
    def test_returns_only_what_was_new(self) -> None:
        SourceFactory(code="b")

        made = bulk.insert_new(
            Source, [source_row("a"), source_row("b"), source_row("c")], conflict=["code"], returning=["code"]
        )

        assert sorted(made) == [("a",), ("c",)]

    def test_keeps_every_kind_of_value(self) -> None:
        learner = LearnerProfileFactory()
        data = {"ids": [1, 2], "share": 0.1, "text": "ø'\"\\"}

        bulk.insert_all(
            Event, [{"name": "a.done", "learner_id": learner.pk, "data": data, "happened_at": NOON}], returning=["id"]
        )

        event = Event.objects.get()
        assert (event.name, event.data, event.happened_at) == ("a.done", data, NOON)
        bulk.insert_new(Source, [source_row("a")], conflict=["code"])
        source = Source.objects.get(code="a")
        assert source.name == "«Æ» \\ 'x' {}, \"y\""
        assert source.is_active is True
        assert source.creates_categories is False
        assert source.namespace.hex == "12345678123456781234567812345678"

    def test_is_one_statement_for_any_batch(self) -> None:
        with CaptureQueriesContext(connection) as few:
            bulk.insert_new(Source, [source_row("x")], conflict=["code"])
        with CaptureQueriesContext(connection) as many:
            bulk.insert_new(Source, [source_row(f"s{n}") for n in range(3_000)], conflict=["code"])

        assert len(few) == len(many) == 1
        assert Source.objects.count() == 3_001

    def test_ids_follow_the_order_given_even_when_rows_go_in_sorted(self) -> None:
        bulk.insert_new(Source, [source_row(code) for code in "cab"], conflict=["code"], sorted_by="code")

        assert [source.code for source in Source.objects.order_by("id")] == ["c", "a", "b"]

    def test_never_hides_another_rule_that_is_broken(self) -> None:
        broken = {**source_row("n"), "name": None}

        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert_new(Source, [broken], conflict=["code"])

    def test_nothing_given_is_nothing_asked(self) -> None:
        with CaptureQueriesContext(connection) as none:
            assert bulk.insert_new(Source, [], conflict=["code"]) == []

        assert len(none) == 0


class TestAccumulate:
    def test_adds_in_the_database(self) -> None:
        learner = LearnerProfileFactory()
        day = {"learner_id": learner.pk, "local_date": NOON.date(), "answers": 2, "seconds": 1}

        for _ in range(2):
            totals = bulk.accumulate(
                LearnerDay,
                [{**day, "activities": 2, "correct": 1, "rounds": 0, "faultless_rounds": 0}],
                conflict=["learner_id", "local_date"],
                add=["activities", "answers", "correct", "seconds"],
                returning=["answers"],
            )

        row = LearnerDay.objects.get()
        assert totals == [(4,)]
        assert (row.activities, row.answers, row.correct, row.seconds) == (4, 4, 2, 2.0)


class TestUpsertAndUpdate:
    def test_upsert_overwrites_what_is_there(self) -> None:
        bulk.upsert(Source, [source_row("a")], conflict=["code"])

        bulk.upsert(Source, [{**source_row("a"), "name": "B"}], conflict=["code"], update=["name"])

        assert [(source.code, source.name) for source in Source.objects.all()] == [("a", "B")]

    def test_update_rows_sets_columns_by_key(self) -> None:
        one, two, three = CategoryFactory(), CategoryFactory(), CategoryFactory()

        found = bulk.update_rows(
            Category,
            [
                {"id": one.pk, "weight": Decimal("1.25"), "exam_share": 0.5},
                {"id": two.pk, "weight": Decimal("0.70"), "exam_share": None},
                {"id": 10**9, "weight": Decimal("1.00"), "exam_share": None},
            ],
        )

        assert found == 2
        weights = dict(Category.objects.values_list("id", "weight"))
        assert weights == {one.pk: Decimal("1.25"), two.pk: Decimal("0.70"), three.pk: Decimal("1.00")}

    def test_moments_survive(self) -> None:
        source = SourceFactory()
        learner = LearnerProfileFactory()

        bulk.update_rows(type(learner), [{"id": learner.pk, "next_zone_at": NOON + timedelta(microseconds=1)}])

        learner.refresh_from_db()
        assert learner.next_zone_at == NOON + timedelta(microseconds=1)
        assert source.pk


class TestCopy:
    @pytest.mark.services
    def test_reads_with_parameters_under_debug_too(self) -> None:
        with CaptureQueriesContext(connection):  # as DEBUG does, it turns the logging cursor on
            body = bulk.read_binary("SELECT %s::int4", [7])

        assert body.startswith(bulk.COPY_HEADER)
        assert body.endswith(bytes([0, 1, 0, 0, 0, 4, 0, 0, 0, 7]) + bulk.COPY_TRAILER)
