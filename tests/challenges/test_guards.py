"""The guard "challenge slot": each learner's slot of a day exists once, whoever makes it and how often."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from challenges.models import Challenge, GenerationRun
from challenges.services import writing
from challenges.services.days import ensure_today
from challenges.services.generation import generate_for_day
from learners.models import LearnerProfile
from tests.challenges.builders import TODAY, a_learner, a_site, rows_of
from tests.factories import NOON
from tests.processes import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration, pytest.mark.services]

LEARNERS = 60


def a_crowd() -> list[LearnerProfile]:
    topics = a_site()
    return [a_learner(answers=30 + number, topics=topics) for number in range(LEARNERS)]


@contextmanager
def without_the_slot_constraint(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the unique constraint away and let the writer rely on the row's own id."""
    table, constraint = Challenge._meta.db_table, "gam_cha_slot_uniq"
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
    monkeypatch.setattr(writing, "SLOT", ("id",))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'TRUNCATE "{table}" CASCADE')
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{constraint}" UNIQUE (learner_id, local_date, slot)')


class TestChallengeSlot:
    def test_first_sights_at_the_same_moment_make_one_day(self) -> None:
        learners = a_crowd()

        at_once(lambda _number: _see_all(learners), processes=6)

        assert Challenge.objects.count() == 3 * LEARNERS

    def test_without_the_constraint_some_days_are_made_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        learners = a_crowd()

        with without_the_slot_constraint(monkeypatch):
            at_once(lambda _number: _see_all(learners), processes=6)
            made = Challenge.objects.count()

        assert made > 3 * LEARNERS

    def test_two_runs_and_first_sights_together_make_each_day_once(self) -> None:
        learners = a_crowd()
        generate_for_day(day=TODAY, now=NOON)
        golden = rows_of()
        Challenge.objects.all().delete()
        GenerationRun.objects.all().delete()

        def work(number: int) -> int:
            if number < 2:
                return generate_for_day(day=TODAY, now=NOON, learners_per_chunk=7).errors
            return _see_all(learners[:: -1 if number % 2 else 1])

        errors = at_once(work, processes=4)

        assert sum(errors[:2]) == 0
        assert rows_of() == golden

    def test_a_row_that_appears_between_reading_and_copying_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        learners = a_crowd()
        ensure_today(learner=learners[3], now=NOON)
        Challenge.objects.filter(learner=learners[3]).update(xp=7_777)
        blind = writing.write

        def write_blindly(drafts, recent, *args, **kwargs):  # type: ignore[no-untyped-def]
            recent.taken[...] = False  # as if the row had come after the reading
            return blind(drafts, recent, *args, **kwargs)

        monkeypatch.setattr("challenges.services.generation.write", write_blindly)
        report = generate_for_day(day=TODAY, now=NOON)

        assert (report.generated, report.kept) == (3 * (LEARNERS - 1), 3)
        assert Challenge.objects.filter(xp=7_777).count() == 3


def _see_all(learners: list[LearnerProfile]) -> int:
    for learner in learners:
        ensure_today(learner=learner, now=NOON)
    return 0
