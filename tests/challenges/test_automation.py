"""Each learner's own day gets its challenges exactly once: by beat, late, over clock changes, and by many at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Thread

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connections, transaction
from django.test import override_settings
from django_celery_beat.models import PeriodicTask

from challenges import tasks
from challenges.models import Challenge, ChallengeSettings, GenerationChunk, GenerationRun, RunState
from challenges.selectors.rules import rules_in_force
from challenges.services import runs
from challenges.services.due import generate_due, open_due
from challenges.services.generation import generate_for_day, share
from learners.api import LearnerProfile, site_date
from learners.common import clock
from learners.models import LearnerState
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON
from tests.processes import at_once

pytestmark = pytest.mark.django_db

QUARTER = timedelta(minutes=15)
ZONES = ("Europe/Oslo", "Pacific/Kiritimati", "Pacific/Honolulu")


def ticks(first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield beat's quarters of an hour."""
    now = first
    while now <= last:
        yield now
        now += QUARTER


def seen_at(now: datetime) -> None:
    LearnerState.objects.update(last_at=now - timedelta(days=1))


def days_of(learner: LearnerProfile) -> dict[date, int]:
    return dict(Counter(learner.challenges.values_list("local_date", flat=True)))


class TestTheNight:
    @pytest.mark.parametrize(
        ("before", "midnights"),
        [
            (datetime(2026, 10, 24, 20, tzinfo=UTC), ["2026-10-24T22:00", "2026-10-25T23:00"]),  # 25 hours
            (datetime(2027, 3, 27, 20, tzinfo=UTC), ["2027-03-27T23:00", "2027-03-28T22:00"]),  # 23 hours
        ],
    )
    def test_oslos_days_begin_at_their_own_midnight_when_clocks_change(
        self, before: datetime, midnights: list[str]
    ) -> None:
        learner = a_learner(answers=60, topics=a_site(), zone="Europe/Oslo")
        seen_at(before)
        made_at = []

        for now in ticks(before, before + timedelta(hours=40)):
            if any(report.generated for report in generate_due(now=now)):
                made_at.append(f"{now:%Y-%m-%dT%H:%M}")

        assert made_at == [f"{before:%Y-%m-%dT%H:%M}", *midnights]
        first = site_date(before)
        assert days_of(learner) == {first + timedelta(days=number): 3 for number in range(3)}

    def test_a_missed_midnight_is_caught_up_when_beat_is_back(self) -> None:
        learner = a_learner(answers=60, topics=a_site(), zone="Europe/Oslo")
        generate_due(now=datetime(2026, 11, 20, 22, 45, tzinfo=UTC))

        generate_due(now=datetime(2026, 11, 21, 8, 0, tzinfo=UTC))  # nine o'clock in Oslo

        assert days_of(learner) == {date(2026, 11, 20): 3, date(2026, 11, 21): 3}

    def test_a_run_that_was_killed_goes_on_at_the_next_tick(self) -> None:
        topics = a_site()
        for _ in range(5):
            a_learner(answers=60, topics=topics)
        (run,) = open_due(now=NOON)
        GenerationChunk.objects.all().delete()
        first = LearnerProfile.objects.order_by("pk").first()
        assert first is not None
        for learner_id in range(first.pk, first.pk + 5):
            GenerationChunk.objects.create(run=run, first_id=learner_id, last_id=learner_id)
        share(run_id=run.pk, now=NOON, most_chunks=2)

        reports = generate_due(now=NOON + QUARTER)

        assert Challenge.objects.count() == 15
        assert [report.learners for report in reports] == [5]
        assert not GenerationRun.objects.filter(state=RunState.RUNNING).exists()

    def test_a_run_whose_day_has_passed_is_closed_and_never_made_late(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        open_due(now=NOON)

        generate_due(now=NOON + timedelta(days=3))

        assert days_of(learner) == {TODAY + timedelta(days=3): 3}
        assert set(GenerationRun.objects.values_list("local_date", "state")) == {
            (TODAY, "stopped"),
            (TODAY + timedelta(days=3), "done"),
        }

    def test_a_learner_who_moved_is_served_where_they_are_now(self) -> None:
        learner = a_learner(
            answers=60,
            topics=a_site(),
            zone="Europe/Oslo",
            next_zone="Pacific/Kiritimati",
            next_zone_at=NOON - timedelta(hours=1),
        )

        generate_due(now=NOON)

        assert days_of(learner) == {TODAY + timedelta(days=1): 3}


class TestTheSwitch:
    def test_off_makes_nothing_by_itself_while_generate_now_works(self, monkeypatch: pytest.MonkeyPatch) -> None:
        learner = a_learner(answers=60, topics=a_site())
        ChallengeSettings.objects.update(automation_on=False)
        monkeypatch.setattr(clock, "now", lambda: NOON)

        tasks.generate_due()
        tasks.generate_daily(day=TODAY.isoformat())
        assert days_of(learner) == {}

        call_command("generate_daily_challenges", "--date", TODAY.isoformat())
        assert days_of(learner) == {TODAY: 3}

    def test_beat_asks_each_quarter_of_an_hour_by_the_database(self) -> None:
        call_command("sync_beat_schedule")

        row = PeriodicTask.objects.get(task="gamification.challenges.generate_due")
        assert (row.crontab.minute, row.crontab.hour, row.enabled) == ("*/15", "*", True)


class TestTasks:
    def test_a_chunk_is_a_task_and_the_last_one_tells(self, monkeypatch: pytest.MonkeyPatch) -> None:
        topics = a_site()
        for _ in range(4):
            a_learner(answers=60, topics=topics)
        ChallengeSettings.objects.update(mails_summary=True)
        monkeypatch.setattr(runs, "MOST_LEARNERS_PER_CHUNK", 2)
        monkeypatch.setattr(runs, "MOST_LEARNERS_PORTABLE", 2)
        (run,) = open_due(now=NOON)

        with override_settings(ADMINS=[("Kari", "kari@example.org")]):
            made = [tasks.generate_chunk(run_id=run.pk)["learners"] for _ in range(3)]

        assert made == [2, 4, 4]
        assert [message.subject.partition(":")[0] for message in mail.outbox] == ["[Django] Daily challenges"]
        assert "12 made" in mail.outbox[0].subject


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
class TestManyAtOnce:
    @pytest.mark.performance
    def test_thirty_days_of_two_beats_a_cron_job_and_five_administrators(self) -> None:
        topics = a_site()
        learners = [a_learner(answers=60, topics=topics, zone=zone) for zone in ZONES for _ in range(3)]
        own_days: dict[int, set[date]] = {learner.pk: set() for learner in learners}

        for number in range(30):
            now = NOON + timedelta(days=number)
            seen_at(now)
            at_once(partial(_one_of_eight, now), processes=8)
            for learner in learners:
                own_days[learner.pk].add(learner.local_date(now))

        rows = Counter(Challenge.objects.values_list("learner_id", "local_date"))
        assert {rows[learner_id, day] for learner_id, days in own_days.items() for day in days} == {3}
        assert set(rows.values()) == {3}

    @pytest.mark.integration
    def test_force_beside_the_automation_leaves_each_day_whole_and_what_is_begun(self) -> None:
        topics = a_site()
        learners = [a_learner(answers=60, topics=topics) for _ in range(20)]
        generate_for_day(day=TODAY, now=NOON)
        begun = list(Challenge.objects.filter(slot=0).values_list("pk", flat=True))
        Challenge.objects.filter(slot=0).update(progress=1)
        a_learner(answers=60, topics=topics)

        at_once(_force_or_tick, processes=4)

        rows = Counter(Challenge.objects.filter(local_date=TODAY).values_list("learner_id", flat=True))
        assert (len(rows), set(rows.values())) == (len(learners) + 1, {3})
        assert Challenge.objects.filter(pk__in=begun, progress=1).count() == 20

    @pytest.mark.integration
    def test_workers_work_beside_each_other_and_take_over_what_a_dead_one_had(self) -> None:
        topics = a_site()
        for _ in range(8):
            a_learner(answers=60, topics=topics)
        run = runs.open_run(day=TODAY, zones=(), force=False, rules=rules_in_force(), now=NOON, learners_per_chunk=2)

        with transaction.atomic():
            mine = runs.take(run.pk)
            assert mine is not None
            in_a_thread(lambda: share(run_id=run.pk, now=NOON))
            waiting = list(GenerationChunk.objects.filter(done_at__isnull=True))
            made = Challenge.objects.count()
            transaction.set_rollback(True)  # as if this worker had died
        finished = share(run_id=run.pk, now=NOON)[1]

        assert (waiting, made) == ([mine], 18)
        assert (finished, Challenge.objects.count()) == (True, 24)


def in_a_thread(work: Callable[[], object]) -> None:
    """Do ``work`` on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive()


def _one_of_eight(now: datetime, worker: int) -> None:
    if worker < 2:
        generate_due(now=now)
    else:
        generate_for_day(day=site_date(now), now=now)


def _force_or_tick(worker: int) -> None:
    if worker % 2:
        generate_due(now=NOON)
    else:
        generate_for_day(day=TODAY, now=NOON, force=True)
