from io import StringIO

import pytest
from django.core.management import call_command
from django_celery_beat.models import PeriodicTask

from learners.seeds.schedule import SCHEDULE, Scheduled
from learners.services.schedule import existing_tasks, seed_schedule

NIGHTLY = Scheduled(task="gamification.rooms.tidy", minute="10", hour="2")


class TestExistingTasks:
    def test_finds_the_tasks_of_installed_apps(self) -> None:
        assert {
            "gamification.learners.refit_statistics",
            "gamification.learners.deliver_events",
            "gamification.rewards.verify_ledger",
        } <= existing_tasks()


@pytest.mark.django_db
class TestSeedSchedule:
    def test_schedules_a_task_once(self) -> None:
        first = seed_schedule(tasks=[NIGHTLY.task], schedule=[NIGHTLY])
        again = seed_schedule(tasks=[NIGHTLY.task], schedule=[NIGHTLY])

        assert (first, again) == ([NIGHTLY.task], [])
        row = PeriodicTask.objects.get(task=NIGHTLY.task)
        assert (row.crontab.minute, row.crontab.hour, str(row.crontab.timezone)) == ("10", "2", "UTC")

    def test_leaves_out_a_task_that_does_not_exist(self) -> None:
        assert seed_schedule(tasks=[], schedule=[NIGHTLY]) == []

    def test_keeps_what_an_administrator_changed(self) -> None:
        seed_schedule(tasks=[NIGHTLY.task], schedule=[NIGHTLY])
        PeriodicTask.objects.update(enabled=False, name="Tidy at night")

        seed_schedule(tasks=[NIGHTLY.task], schedule=[NIGHTLY])

        row = PeriodicTask.objects.get(task=NIGHTLY.task)
        assert (row.enabled, row.name) == (False, "Tidy at night")


@pytest.mark.django_db
class TestSyncBeatSchedule:
    def test_schedules_what_exists_and_nothing_else(self) -> None:
        call_command("sync_beat_schedule", stdout=StringIO())

        scheduled = set(PeriodicTask.objects.filter(task__startswith="gamification.").values_list("task", flat=True))
        assert scheduled == {entry.task for entry in SCHEDULE} & existing_tasks()

    def test_says_that_nothing_is_left_to_do(self) -> None:
        call_command("sync_beat_schedule", stdout=StringIO())
        output = StringIO()

        call_command("sync_beat_schedule", stdout=output)

        assert output.getvalue() == "Everything is scheduled already.\n"
