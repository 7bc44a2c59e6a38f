"""The way of one answer: predicted before it is known, counted once, whatever arrives twice."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learners import elo
from learners.errors import (
    ActivityConflict,
    RepeatedInBatch,
    RoundClosed,
    RoundConflict,
    UnknownCategory,
    UnknownKind,
    UnknownLearner,
    UnknownRound,
)
from learners.models import (
    Activity,
    ActivityKind,
    Category,
    Item,
    LearnerDay,
    LearnerIdentity,
    LearnerProfile,
    LearnerState,
    Round,
    SkillEstimate,
    Source,
)
from learners.services.batches import NewActivity
from learners.services.identities import learner_of_user, resolve_learner
from learners.services.recording import record_activities
from learners.services.rounds import close_round, close_stale, open_round
from learners.services.skills import rebuild_skills
from learners.services.zones import change_zone
from tests.factories import NOON, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db


def answer(client_id: str, *, learner: str = "kari", correct: bool | None = True, **values: Any) -> NewActivity:
    return NewActivity(
        client_id=client_id, learner=learner, correct=correct, **{"category": "signs", "item": "q1", **values}
    )


@pytest.fixture
def source() -> Source:
    return SourceFactory()


Record = Callable[..., list[Any]]


@pytest.fixture
def record(source: Source) -> Record:
    def run(*activities: NewActivity, **values: Any) -> list[Any]:
        return record_activities(activities=activities, source=source, **{"now": NOON, **values})

    return run


class TestOneAnswer:
    def test_is_stored_with_what_was_predicted_before_it_was_known(self, record: Record) -> None:
        record(answer("a", correct=False))

        activity = Activity.objects.get()
        assert activity.predicted == pytest.approx(0.75)
        assert activity.predicted_by == "elo-1"
        assert (activity.local_date, activity.zone) == (date(2026, 11, 21), "Europe/Oslo")

    def test_moves_the_learner_and_the_category(self, record: Record) -> None:
        record(answer("a", correct=False))

        state, skill = LearnerState.objects.get(), SkillEstimate.objects.get()
        assert state.theta == pytest.approx(0.32 * -0.75)
        assert skill.theta == pytest.approx(0.50 * -0.75)
        assert skill.p == pytest.approx(elo.sigmoid(elo.logit(0.75) - 0.24 - 0.375))
        assert (skill.n, skill.wins, state.n_answers, state.n_correct) == (1, 0, 1, 0)

    def test_the_second_prediction_knows_the_first_answer(self, record: Record) -> None:
        record(answer("a", correct=False), answer("b"))

        predicted = list(Activity.objects.order_by("id").values_list("predicted", flat=True))
        assert predicted == pytest.approx([0.75, elo.sigmoid(elo.logit(0.75) - 0.24 - 0.375)])

    def test_after_a_month_away_the_prediction_has_faded(self, record: Record) -> None:
        record(answer("a"))
        fresh = SkillEstimate.objects.get().p

        record(answer("b"), now=NOON + timedelta(days=30))

        predicted = Activity.objects.get(client_id="b").predicted
        assert predicted == pytest.approx(elo.faded(fresh, 30, 1))

    def test_counts_in_the_learner_s_own_day(self, record: Record) -> None:
        late = NOON.replace(hour=23, minute=30)  # 00:30 the next day in Oslo
        record(answer("a", seconds=4.5), answer("b", correct=False, seconds=2))
        record(answer("c"), now=late)

        days = {day.local_date.day: (day.answers, day.correct, day.seconds) for day in LearnerDay.objects.all()}
        assert days == {21: (2, 1, 6.5), 22: (1, 1, 0.0)}
        assert LearnerState.objects.get().streak == 2

    def test_a_lesson_counts_for_the_day_but_moves_no_skill(self, record: Record) -> None:
        record(answer("a", correct=None, kind="lesson", item=None))

        assert SkillEstimate.objects.count() == 0
        assert LearnerState.objects.get().streak == 1
        assert Activity.objects.get().predicted is None

    def test_an_answer_without_a_category_moves_only_the_learner(self, record: Record) -> None:
        record(answer("a", category=None, item=None))

        assert SkillEstimate.objects.count() == 0
        assert LearnerState.objects.get().n_answers == 1

    @pytest.mark.parametrize(
        ("skew", "trusted"),
        [
            (timedelta(0), True),
            (timedelta(hours=-72), True),
            (timedelta(hours=-73), False),
            (timedelta(hours=1), False),
        ],
    )
    def test_a_client_s_clock_never_moves_the_day(self, record: Record, skew: timedelta, trusted: bool) -> None:
        record(answer("a", occurred_at=NOON + skew))

        activity = Activity.objects.get()
        assert activity.trusted_time is trusted
        assert activity.local_date == date(2026, 11, 21)
        assert activity.received_at == NOON


class TestTwice:
    def test_the_same_batch_changes_nothing_and_gets_the_first_answer(self, record: Record) -> None:
        batch = [answer("a"), answer("b", learner="ola", correct=False)]
        first = record(*batch)

        again = record(*batch, now=NOON + timedelta(hours=1))

        assert [one.replayed for one in again] == [True, True]
        assert [one.activity_id for one in again] == [one.activity_id for one in first]
        assert [one.outcome for one in again] == [one.outcome for one in first]
        assert LearnerDay.objects.filter(answers=1).count() == 2

    def test_a_batch_may_mix_old_and_new(self, record: Record) -> None:
        record(answer("b"))

        mixed = record(answer("a"), answer("b"))

        assert [one.replayed for one in mixed] == [False, True]
        assert LearnerState.objects.get().n_answers == 2

    def test_another_body_under_the_same_id_refuses_the_whole_batch(self, record: Record) -> None:
        record(answer("b"))

        with pytest.raises(ActivityConflict) as caught:
            record(answer("a"), answer("b", correct=False))

        assert caught.value.indices == [1]
        assert Activity.objects.count() == 1

    def test_the_same_id_of_another_source_is_another_activity(self, record: Record) -> None:
        record(answer("a"))

        record_activities(activities=[answer("a")], source=SourceFactory(), now=NOON)

        assert Activity.objects.count() == 2

    def test_the_same_id_twice_in_one_batch_is_refused(self, record: Record) -> None:
        with pytest.raises(RepeatedInBatch) as caught:
            record(answer("a"), answer("b"), answer("a"))

        assert caught.value.indices == [2]
        assert Activity.objects.count() == 0


class TestNames:
    def test_newcomers_of_every_kind_are_created(self, record: Record) -> None:
        record(answer("a"), answer("b", learner="ola", category="rules", item="q2"))

        assert set(LearnerIdentity.objects.values_list("external_id", flat=True)) == {"kari", "ola"}
        assert set(Category.objects.values_list("code", flat=True)) == {"signs", "rules"}
        assert set(Item.objects.values_list("key", "category__code")) == {("q1", "signs"), ("q2", "rules")}

    def test_a_source_that_may_not_create_categories_is_told_where(self, record: Record, source: Source) -> None:
        source.creates_categories = False
        source.save()

        with pytest.raises(UnknownCategory) as caught:
            record(answer("a", category=None, item=None), answer("b"))

        assert caught.value.indices == [1]
        assert Activity.objects.count() == 0

    def test_a_learner_may_be_named_by_the_public_uuid(self, record: Record) -> None:
        record(answer("a"))
        learner = LearnerProfile.objects.get()

        record(answer("b", learner=str(learner.uuid)))

        assert LearnerProfile.objects.count() == 1
        assert LearnerState.objects.get().n_answers == 2

    def test_the_site_s_own_quiz_names_its_users(self, record: Record, source: Source) -> None:
        source.learner_ids_are_users = True
        source.save()
        user = UserFactory()

        record(answer("a", learner=str(user.pk)))

        assert Activity.objects.get().learner == learner_of_user(user, now=NOON)
        with pytest.raises(UnknownLearner):
            record(answer("b", learner="987654"))

    def test_a_kind_must_be_registered(self, record: Record) -> None:
        with pytest.raises(UnknownKind):
            record(answer("a", kind="video"))

        ActivityKind.objects.create(code="video", name="Video")
        assert record(answer("a", kind="video", correct=None))

    def test_python_callers_unknown_learners_are_created_once(self) -> None:
        first = resolve_learner("user123", now=NOON)

        assert resolve_learner("user123", now=NOON) == first
        assert resolve_learner(str(first.uuid), now=NOON) == first
        assert resolve_learner(first, now=NOON) == first

    @pytest.mark.parametrize("key", ["99999999999999999999999", "0001", "٣", "1.0", "-1"])
    def test_another_spelling_of_a_user_s_key_names_nobody(self, record: Record, source: Source, key: str) -> None:
        source.learner_ids_are_users = True
        source.save()
        for _ in range(3):
            UserFactory()

        with pytest.raises(UnknownLearner):
            record(answer("a", learner=key))

    def test_two_spellings_of_one_name_are_one_learner(self, record: Record) -> None:
        record(answer("a", learner="Åsa"), answer("b", learner="A\u030asa"))

        assert LearnerProfile.objects.count() == 1

    def test_a_category_that_comes_with_an_answer_waits_for_an_editor(self, record: Record) -> None:
        record(answer("a"))

        assert Category.objects.get().is_enabled is False

    def test_a_refused_batch_leaves_no_newcomers_behind(self, record: Record, source: Source) -> None:
        record(answer("a"))
        before = [model.objects.count() for model in (LearnerProfile, LearnerIdentity, Category, Item)]

        with pytest.raises(ActivityConflict):
            record(answer("a", correct=False), answer("b", learner="new", category="new", item="new"))
        with pytest.raises(ActivityConflict):
            record(answer("a", learner="new"))
        with pytest.raises(UnknownRound):
            record(answer("c", learner="new", round="nowhere"))
        source.creates_categories = False
        source.save()
        with pytest.raises(UnknownCategory):
            record(answer("d", learner="new", category="new"))

        assert [model.objects.count() for model in (LearnerProfile, LearnerIdentity, Category, Item)] == before


class TestRounds:
    def test_the_last_answer_closes_the_round(self, record: Record, source: Source) -> None:
        open_round(source=source, client_id="r", learner="kari", planned=2, now=NOON)

        record(answer("a", round="r", seconds=3), answer("b", round="r", correct=False, seconds=4))

        found = Round.objects.get()
        assert (found.answered, found.correct, found.seconds, found.score) == (2, 1, 7.0, 0.5)
        assert found.closed_at == NOON
        assert LearnerDay.objects.get().rounds == 1

    def test_a_faultless_round_is_counted_as_one(self, record: Record, source: Source) -> None:
        open_round(source=source, client_id="r", learner="kari", planned=2, now=NOON)

        record(answer("a", round="r"), answer("b", round="r"))

        assert LearnerDay.objects.get().faultless_rounds == 1

    def test_more_answers_than_planned_are_refused(self, record: Record, source: Source) -> None:
        open_round(source=source, client_id="r", learner="kari", planned=1, now=NOON)

        with pytest.raises(RoundClosed) as caught:
            record(answer("a", round="r"), answer("b", round="r"))

        assert caught.value.indices == [1]
        assert Round.objects.get().answered == 0

    def test_a_round_takes_no_answers_after_a_day(self, record: Record, source: Source) -> None:
        open_round(source=source, client_id="r", learner="kari", planned=1, now=NOON)

        with pytest.raises(RoundClosed):
            record(answer("a", round="r"), now=NOON + timedelta(hours=24))

    def test_another_learner_s_round_is_unknown(self, record: Record, source: Source) -> None:
        open_round(source=source, client_id="r", learner="kari", planned=1, now=NOON)

        with pytest.raises(UnknownRound):
            record(answer("a", round="r", learner="ola"))

    def test_closing_by_hand_is_heard_once(self, record: Record, source: Source) -> None:
        open_round(source=source, client_id="r", learner="kari", planned=3, now=NOON)
        record(answer("a", round="r"))

        close_round(source=source, client_id="r", now=NOON)
        again = close_round(source=source, client_id="r", now=NOON + timedelta(hours=1))

        assert again.closed_at == NOON
        assert Activity.objects.filter(kind="round").count() == 1
        assert LearnerDay.objects.get().rounds == 1

    def test_old_rounds_are_closed_by_the_task(self, source: Source) -> None:
        for name in ("r1", "r2"):
            open_round(source=source, client_id=name, learner="kari", planned=3, now=NOON)
        open_round(source=source, client_id="r3", learner="kari", planned=3, now=NOON + timedelta(hours=20))

        assert close_stale(now=NOON + timedelta(hours=25)) == 2
        assert close_stale(now=NOON + timedelta(hours=25)) == 0

    def test_opened_again_it_is_the_same_round_or_a_conflict(self, source: Source) -> None:
        first = open_round(source=source, client_id="r", learner="kari", planned=3, now=NOON)

        assert open_round(source=source, client_id="r", learner="kari", planned=3, now=NOON) == first
        with pytest.raises(RoundConflict):
            open_round(source=source, client_id="r", learner="kari", planned=4, now=NOON)


class TestStreaksAndZones:
    def test_an_imported_older_day_is_counted_from_all_days(self, record: Record) -> None:
        record(answer("a"))

        record(answer("b", occurred_at=NOON - timedelta(days=1)), historical=True)

        assert LearnerState.objects.get().streak == 2

    def test_a_new_zone_takes_effect_at_the_next_midnight(self, record: Record) -> None:
        record(answer("a"))
        learner = LearnerProfile.objects.get()

        change_zone(learner=learner, zone="Pacific/Kiritimati", now=NOON)  # already the 22nd there
        record(answer("b"))
        record(answer("c"), now=NOON + timedelta(hours=11))  # midnight in Oslo

        zones = list(Activity.objects.order_by("id").values_list("zone", "local_date"))
        assert zones == [
            ("Europe/Oslo", date(2026, 11, 21)),
            ("Europe/Oslo", date(2026, 11, 21)),
            ("Pacific/Kiritimati", date(2026, 11, 22)),
        ]


class TestStatements:
    def test_a_batch_of_any_size_takes_as_many_as_one_answer(self, record: Record) -> None:
        call_command("setup_gamification", stdout=StringIO())
        record(*(answer(f"warm{n}", item=f"q{n}", category=f"c{n % 7}", learner=f"l{n % 9}") for n in range(300)))

        with CaptureQueriesContext(connection) as one:
            record(answer("x", learner="l1", item="q1", category="c1"))
        with CaptureQueriesContext(connection) as many:
            record(*(answer(f"y{n}", item=f"q{n}", category=f"c{n % 7}", learner=f"l{n % 9}") for n in range(300)))

        assert len(one) <= 22  # with BEGIN and COMMIT, or a test's savepoints; prices are cached in a running site
        assert len(many) <= len(one) + 6  # a level reached, a challenge completed and paid


class TestRebuild:
    def test_gives_the_same_skills_from_the_activities_alone(self, record: Record) -> None:
        record(*(answer(f"a{n}", correct=n % 3 > 0, category=f"c{n % 2}", learner=f"l{n % 2}") for n in range(40)))
        before = list(SkillEstimate.objects.order_by("learner", "category").values("theta", "n", "wins", "p", "ewma"))
        SkillEstimate.objects.update(theta=9, n=1, wins=0, p=0.1, ewma=0)
        LearnerState.objects.update(theta=9)

        report = rebuild_skills(learners_at_once=1)

        after = list(SkillEstimate.objects.order_by("learner", "category").values("theta", "n", "wins", "p", "ewma"))
        assert after == before
        assert (report.learners, report.answers) == (2, 40)
