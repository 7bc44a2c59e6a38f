from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection

from gamification_site.practice import demo, simulation
from gamification_site.practice.question_bank import all_questions, by_category
from learners.api import Activity, Cohort, LearnerProfile, Membership, Round, get_skill_assessment, streak_of
from learners.services.sources import source_of

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOPICS = ("traffic_signs", "priority_rules", "parking_rules")
FIRST_DAY = date(2026, 10, 24)


def history(number: int) -> list[tuple[int, list[simulation.Answer]]]:
    someone = simulation.learner(number, topics=TOPICS, name="Gran")
    questions = {topic: [question.key for question in by_category(topic)] for topic in TOPICS}
    return list(simulation.rounds(someone, number=number, first_day=FIRST_DAY, questions=questions))


class TestSimulation:
    def test_makes_the_same_learner_twice(self) -> None:
        assert history(3) == history(3)

    def test_makes_different_learners(self) -> None:
        assert history(3) != history(4)

    def test_lets_answers_follow_one_another_within_four_weeks(self) -> None:
        for number in range(20):
            times = [answer.at for _day, answers in history(number) for answer in answers]

            assert times == sorted(set(times))
            assert FIRST_DAY <= times[0].date() <= times[-1].date() < FIRST_DAY + timedelta(days=simulation.DAYS)

    def test_lets_a_guess_be_right_one_time_in_four(self) -> None:
        assert simulation.chance(-50) == pytest.approx(0.25)
        assert simulation.chance(0) == pytest.approx(0.625)  # half known, a quarter of the rest guessed
        assert simulation.chance(50) == pytest.approx(1.0)

    def test_has_a_name_of_its_own_for_everyone(self) -> None:
        assert len(set(simulation.NAMES)) == len(simulation.NAMES) == 40


def interrupted_after(statements: int) -> Callable[..., Any]:
    """Return a wrapper that lets so many statements through and then interrupts, as Ctrl-C would."""
    left = iter(range(statements))

    def execute(run: Callable[..., Any], *arguments: Any) -> Any:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return run(*arguments)

    return execute


@pytest.fixture
def loaded(db: None) -> demo.Loaded:
    call_command("setup_gamification", stdout=StringIO())
    return demo.load(now=NOON)


class TestLoad:
    def test_makes_people_whose_skills_follow_from_their_answers(self, loaded: demo.Loaded) -> None:
        kari = LearnerProfile.objects.get(user__username="kari")

        assessment = get_skill_assessment(kari, now=NOON)

        assert loaded.made == loaded.answers == Activity.objects.count()
        assert assessment["total_practice_questions"] == Activity.objects.filter(learner=kari).count() >= 100
        assert len(assessment["category_breakdown"]) == 8
        assert streak_of(kari, now=NOON).best >= 3

    def test_records_nothing_after_yesterday(self, loaded: demo.Loaded) -> None:
        newest = Activity.objects.order_by("-received_at").first()

        assert newest is not None
        assert newest.local_date == date(2026, 11, 20)

    def test_asks_questions_of_the_bank(self, loaded: demo.Loaded) -> None:
        asked = set(Activity.objects.filter(kind="answer").values_list("item__key", flat=True))

        assert len(asked) > 80
        assert asked <= {question.key for question in all_questions()}

    def test_closes_every_round(self, loaded: demo.Loaded) -> None:
        assert Round.objects.exists()
        assert not Round.objects.filter(closed_at=None).exists()

    def test_changes_nothing_the_next_day(self, loaded: demo.Loaded) -> None:
        again = demo.load(now=NOON + timedelta(days=1))

        assert (again.made, again.answers) == (0, loaded.answers)
        assert LearnerProfile.objects.count() == 43

    def test_goes_on_where_it_was_interrupted(self, db: None) -> None:
        call_command("setup_gamification", stdout=StringIO())
        with pytest.raises(KeyboardInterrupt), connection.execute_wrapper(interrupted_after(400)):
            demo.load(now=NOON)
        before = Activity.objects.count()

        rest = demo.load(now=NOON + timedelta(days=1))

        assert before > 0
        assert before + rest.made == rest.answers == Activity.objects.count()

    def test_labels_the_simulated(self, loaded: demo.Loaded) -> None:
        simulated = Cohort.objects.get(code="simulated").memberships.values_list("learner__display_name", flat=True)

        assert set(simulated) == {f"{name} (simulert)" for name in simulation.NAMES}

    def test_gives_the_teacher_a_class_with_both_kinds_of_age(self, loaded: demo.Loaded) -> None:
        school = Membership.objects.filter(cohort__code="class-10b")

        assert school.get(role="teacher").learner.display_name == "Ingrid"
        assert set(school.filter(role="learner").values_list("learner__age_band", flat=True)) == {"adult", "minor"}

    def test_lets_everyone_in_with_what_is_printed(self, loaded: demo.Loaded) -> None:
        for person in demo.PEOPLE:
            assert authenticate(username=person.username, password=person.password) is not None
        assert authenticate(username="admin", password="admin-demo") is not None
        source = source_of(secret=demo.KEY)
        assert source is not None
        assert source.code == "practice"

    def test_keeps_a_password_that_was_changed(self, loaded: demo.Loaded) -> None:
        user = LearnerProfile.objects.get(user__username="kari").user
        assert user is not None
        user.set_password("another one")
        user.save()

        demo.load(now=NOON)

        assert authenticate(username="kari", password="kari-demo") is None


@pytest.mark.django_db
class TestLoadDemo:
    def test_is_refused_on_a_public_site(self) -> None:
        with pytest.raises(CommandError, match="known to everyone"):
            call_command("load_demo")

    def test_prints_how_to_log_in(self) -> None:
        call_command("setup_gamification", stdout=StringIO())
        output = StringIO()

        call_command("load_demo", "--although-public", stdout=output)

        assert "kari / kari-demo" in output.getvalue()
        assert demo.KEY in output.getvalue()
