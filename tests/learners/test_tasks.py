from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from learners import tasks
from learners.common import clock
from learners.models import LearnerState, Round, SkillEstimate, Source, StatisticsVersion
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from learners.services.rounds import open_round

NOON = datetime(2025, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def source(db: None) -> Source:
    source = Source.objects.create(code="quiz", name="Quiz")
    activities = [
        NewActivity(client_id=str(number), learner="ada", category="signs", item="7", correct=number % 3 > 0)
        for number in range(9)
    ]
    record_activities(activities=activities, source=source, now=NOON)
    return source


class TestTasks:
    def test_take_arguments_of_the_future(self, source: Source) -> None:
        for task in (tasks.deliver_events, tasks.replay_activities, tasks.rebuild_skills):
            assert isinstance(task(something_new=1), dict)

    def test_refit_the_statistics(self, source: Source) -> None:
        report = tasks.refit_statistics()

        assert report["answers"] == 9
        assert StatisticsVersion.objects.get(pk=report["version"]).is_complete

    def test_close_the_rounds_of_yesterday_and_no_others(self, source: Source) -> None:
        old = clock.now() - timedelta(hours=25)
        open_round(source=source, client_id="old", learner="ada", planned=3, now=old)
        open_round(source=source, client_id="new", learner="ada", planned=3, now=clock.now())

        report = tasks.close_stale_rounds()

        assert report == {"closed": 1}
        assert list(Round.objects.filter(closed_at=None).values_list("client_id", flat=True)) == ["new"]


class TestCommands:
    def test_rebuild_skills_gives_back_what_was_lost(self, source: Source) -> None:
        before = list(SkillEstimate.objects.values_list("n", "wins", "theta", "recent"))
        SkillEstimate.objects.update(n=0, wins=0, theta=9.0, recent=0)
        LearnerState.objects.update(n_answers=0, theta=9.0)
        output = StringIO()

        call_command("rebuild_skills", stdout=output)

        (n, wins, theta, recent) = before[0]
        rebuilt = SkillEstimate.objects.get()
        assert (rebuilt.n, rebuilt.wins, rebuilt.recent) == (n, wins, recent) == (9, 6, 0b011)
        assert rebuilt.theta == pytest.approx(theta)
        assert LearnerState.objects.get().n_answers == 9
        assert output.getvalue().startswith("1 learners, 9 answers")

    def test_replay_says_that_nothing_waits(self, source: Source) -> None:
        output = StringIO()

        call_command("replay_activities", stdout=output)

        assert output.getvalue() == "0 made good, 0 still waiting.\n"

    def test_close_stale_rounds_says_how_many(self, source: Source) -> None:
        output = StringIO()

        call_command("close_stale_rounds", stdout=output)

        assert output.getvalue() == "0 closed.\n"
