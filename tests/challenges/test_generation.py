from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from challenges.models import Challenge, ChallengeSettings, ChallengeType, GenerationChunk, GenerationRun, Origin
from challenges.reasons import codes
from challenges.services.days import ensure_today
from challenges.services.due import generate_due
from challenges.services.generation import generate_for_day
from learners.models import Category
from tests.challenges.builders import TODAY, a_learner, a_site, rows_of
from tests.factories import NOON

pytestmark = pytest.mark.django_db


class TestGenerateForDay:
    def test_gives_each_active_learner_three_challenges(self) -> None:
        topics = a_site()
        learners = [a_learner(answers=40, topics=topics) for _ in range(5)]

        report = generate_for_day(day=TODAY, now=NOON)

        assert (report.generated, report.learners, report.errors, report.kept) == (15, 5, 0, 0)
        assert report.ml_generated + report.fallback_generated == 15
        assert report.target_date == "2026-11-21"
        for learner in learners:
            assert [row.slot for row in learner.challenges.order_by("slot")] == [0, 1, 2]

    def test_makes_nothing_the_second_time(self) -> None:
        topics = a_site()
        a_learner(answers=40, topics=topics)
        generate_for_day(day=TODAY, now=NOON)
        before = rows_of()

        again = generate_for_day(day=TODAY, now=NOON + timedelta(hours=3))

        assert (again.generated, again.kept, again.learners) == (0, 3, 1)
        assert rows_of() == before

    def test_fills_only_the_slots_that_are_free(self) -> None:
        topics = a_site()
        learner = a_learner(answers=40, topics=topics)
        generate_for_day(day=TODAY, now=NOON)
        before = rows_of()
        Challenge.objects.filter(learner=learner, slot=1).delete()

        again = generate_for_day(day=TODAY, now=NOON)

        assert (again.generated, again.kept) == (1, 2)
        assert rows_of() == before

    def test_leaves_out_who_was_away_and_who_is_forgotten(self) -> None:
        topics = a_site()
        away = a_learner(answers=40, topics=topics)
        away.state.last_at = NOON - timedelta(days=31)
        away.state.save()
        a_learner(answers=40, topics=topics, forgotten_at=NOON)

        report = generate_for_day(day=TODAY, now=NOON)

        assert report.learners == 0

    def test_chooses_the_same_in_chunks_of_any_size(self) -> None:
        topics = a_site()
        for number in range(7):
            a_learner(answers=40, topics=topics, thetas=(0.1 * number, -0.5, 0.2, -1.0))
        generate_for_day(day=TODAY, now=NOON)
        whole = rows_of()
        Challenge.objects.all().delete()

        generate_for_day(day=TODAY, now=NOON, learners_per_chunk=2)

        assert rows_of() == whole
        assert GenerationChunk.objects.filter(run__attempt=2).count() == 4

    def test_counts_each_statement_of_a_chunk(self) -> None:
        topics = a_site()
        for _ in range(20):
            a_learner(answers=40, topics=topics)
        few = generate_for_day(day=TODAY, now=NOON).statements

        many = generate_for_day(day=TODAY + timedelta(days=1), now=NOON, learners_per_chunk=5).statements

        per_chunk = (many - few) // 3
        assert per_chunk <= 14
        assert many == few + 3 * per_chunk

    def test_goes_on_with_the_waiting_chunks_of_a_stopped_run(self) -> None:
        topics = a_site()
        learners = sorted(a_learner(answers=40, topics=topics).pk for _ in range(4))
        run = GenerationRun.objects.create(
            local_date=TODAY, attempt=1, started_at=NOON, learners=2, model_version="elo-1"
        )
        GenerationChunk.objects.create(run=run, first_id=learners[0], last_id=learners[1], learners=2, done_at=NOON)
        GenerationChunk.objects.create(run=run, first_id=learners[1] + 1, last_id=learners[3])

        report = generate_for_day(day=TODAY, now=NOON)

        assert report.learners == 4
        assert set(Challenge.objects.values_list("learner_id", flat=True)) == set(learners[2:])
        assert GenerationRun.objects.get().state == "done"

    def test_serves_everyone_but_the_learner_for_whom_it_fails(self) -> None:
        topics = a_site()
        learners = sorted(a_learner(answers=40, topics=topics).pk for _ in range(9))
        _refuse_rows_of(learners[4])

        report = generate_for_day(day=TODAY, now=NOON)

        assert (report.errors, report.learners, report.generated) == (1, 9, 24)
        assert set(Challenge.objects.values_list("learner_id", flat=True)) == set(learners) - {learners[4]}
        assert f"#{learners[4]}" in GenerationChunk.objects.get().error


class TestChoice:
    def test_gives_a_beginner_the_first_quiz(self) -> None:
        a_site()
        learner = a_learner()

        ensure_today(learner=learner, now=NOON)

        rows = list(learner.challenges.order_by("slot"))
        assert [(row.type.code, row.requirement, row.source) for row in rows] == [("quiz", 3, Origin.ONBOARDING)] * 3
        assert codes(rows[0].reasons) == ["onboarding"]
        assert len({row.category_id for row in rows}) == 3

    def test_speaks_by_rules_until_there_are_thirty_answers_in_three_topics(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        few = a_learner(answers=29, topics=topics[:3])
        narrow = a_learner(answers=60, topics=topics[:2])
        enough = a_learner(answers=30, topics=topics[:3])

        generate_for_day(day=TODAY, now=NOON)

        assert set(few.challenges.values_list("source", flat=True)) == {Origin.FALLBACK}
        assert set(narrow.challenges.values_list("source", flat=True)) == {Origin.FALLBACK}
        assert set(enough.challenges.values_list("source", flat=True)) == {Origin.ML}

    def test_obeys_a_learner_who_opted_out(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics, personalized=False)

        generate_for_day(day=TODAY, now=NOON)

        assert set(learner.challenges.values_list("source", flat=True)) == {Origin.FALLBACK}
        assert "opted_out" in codes(learner.challenges.get(slot=0).reasons)

    def test_targets_the_weakest_topic_first(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        learner = a_learner(answers=80, topics=topics, thetas=(1.0, 1.0, -1.5, 1.0))
        ChallengeType.objects.filter(code="streak").update(is_enabled=False)

        generate_for_day(day=TODAY, now=NOON)

        first = learner.challenges.get(slot=0)
        assert first.category == topics[2]
        assert "most_to_gain" in codes(first.reasons)

    def test_sends_a_tenth_into_the_comparison_by_lot(self) -> None:
        topics = a_site()
        for _ in range(300):
            a_learner(answers=60, topics=topics)

        generate_for_day(day=TODAY, now=NOON)

        drawn = Challenge.objects.filter(source=Origin.FALLBACK)
        assert 15 <= drawn.count() / 3 <= 50
        assert set(drawn.values_list("randomized", "propensity")) == {(True, 0.1)}
        assert all("drawn_by_lot" in codes(row.reasons) for row in drawn)
        personal = Challenge.objects.filter(source=Origin.ML)
        assert all(0 < row.propensity <= 0.9 for row in personal)

    def test_predicts_completion_within_the_band(self) -> None:
        topics = a_site()
        for number in range(30):
            a_learner(answers=60, topics=topics, thetas=(number * 0.1 - 1.5, 0.0, 0.5, -0.5))

        generate_for_day(day=TODAY, now=NOON)

        for row in Challenge.objects.filter(source=Origin.ML):
            if "in_band" in codes(row.reasons):
                assert 0.55 <= row.predicted_completion <= 0.85

    def test_never_gives_a_type_that_is_switched_off(self) -> None:
        topics = a_site()
        ChallengeType.objects.filter(code__in=["quiz", "streak"]).update(is_enabled=False)
        for answers in (0, 20, 60, 400):
            learner = a_learner(answers=answers, topics=topics)
            ensure_today(learner=learner, now=NOON)

        assert Challenge.objects.count() == 12
        assert not Challenge.objects.filter(type__code__in=["quiz", "streak"]).exists()

    def test_works_without_any_topic(self) -> None:
        a_site()
        Category.objects.update(is_enabled=False)
        learner = a_learner(answers=60)

        ensure_today(learner=learner, now=NOON)

        assert set(learner.challenges.values_list("category", flat=True)) == {None}
        assert learner.challenges.count() == 3

    def test_varies_over_a_fortnight(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        learner = a_learner(answers=80, topics=topics)

        for days in range(14):
            generate_for_day(day=TODAY + timedelta(days=days), now=NOON)

        pairs = list(learner.challenges.filter(slot=0).values_list("type", "category"))
        assert len(pairs) == 14
        assert max(pairs.count(pair) for pair in pairs) <= 7


class TestEnsureToday:
    def test_chooses_what_the_night_would_have_chosen(self) -> None:
        topics = a_site()
        learners = [a_learner(answers=40 + number, topics=topics) for number in range(6)]
        generate_for_day(day=TODAY, now=NOON)
        nightly = rows_of()
        Challenge.objects.all().delete()

        for learner in learners:
            ensure_today(learner=learner, now=NOON + timedelta(hours=2))

        assert rows_of() == nightly

    def test_goes_by_the_learners_own_day(self) -> None:
        a_site()
        learner = a_learner(zone="Pacific/Kiritimati")

        day = ensure_today(learner=learner, now=NOON)

        assert day == TODAY + timedelta(days=1)
        assert set(learner.challenges.values_list("local_date", flat=True)) == {day}

    def test_keeps_still_while_the_automation_is_off(self) -> None:
        a_site()
        ChallengeSettings.objects.update(automation_on=False)
        learner = a_learner()

        ensure_today(learner=learner, now=NOON)

        assert not learner.challenges.exists()


class TestGenerateDue:
    def test_serves_each_zone_on_its_own_day_and_only_once(self) -> None:
        topics = a_site()
        oslo = a_learner(answers=40, topics=topics)
        kiritimati = a_learner(answers=40, topics=topics, zone="Pacific/Kiritimati")

        first = generate_due(now=NOON)
        again = generate_due(now=NOON + timedelta(minutes=15))

        assert [report.generated for report in first] == [3, 3]
        assert again == []
        assert set(oslo.challenges.values_list("local_date", flat=True)) == {TODAY}
        assert set(kiritimati.challenges.values_list("local_date", flat=True)) == {TODAY + timedelta(days=1)}

    def test_catches_up_today_and_leaves_missed_days_alone(self) -> None:
        topics = a_site()
        learner = a_learner(answers=40, topics=topics)

        generate_due(now=NOON + timedelta(days=3))

        assert set(learner.challenges.values_list("local_date", flat=True)) == {TODAY + timedelta(days=3)}


def _refuse_rows_of(learner_id: int) -> None:
    """Let the database refuse every challenge of one learner."""
    table = Challenge._meta.db_table
    statements: list[Any] = (
        [
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF NEW.learner_id = {learner_id} THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$",
            f'CREATE TRIGGER refuse BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse()',
        ]
        if connection.vendor == "postgresql"
        else [
            f'CREATE TRIGGER refuse BEFORE INSERT ON "{table}" WHEN NEW.learner_id = {learner_id} '
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        ]
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
