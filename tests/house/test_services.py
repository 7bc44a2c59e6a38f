"""A real beat sends a task over a real broker, and a real worker does it in a real database."""

import time
import uuid
from pathlib import Path

import pytest
from django_celery_beat.models import IntervalSchedule, PeriodicTask, PeriodicTasks

from rewards.models import Balance
from tests.factories import LearnerProfileFactory
from tests.workers import celery, delete_queue

SECONDS_TO_WAIT = 90

pytestmark = [pytest.mark.services, pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def test_two_workers_on_one_broker_are_both_ready(tmp_path: Path) -> None:
    queue = f"test-{uuid.uuid4().hex}"
    logs = [tmp_path / "first.log", tmp_path / "second.log"]
    worker = ("worker", "--pool", "solo", "--loglevel", "INFO")

    with celery(*worker, log=logs[0], queue=queue), celery(*worker, log=logs[1], queue=queue):
        until = time.monotonic() + SECONDS_TO_WAIT
        while not all(" ready." in log.read_text() for log in logs) and time.monotonic() < until:
            time.sleep(0.2)

        assert [" ready." in log.read_text() for log in logs] == [True, True], logs[1].read_text()
    delete_queue(queue)


def test_a_scheduled_task_is_sent_by_beat_and_done_by_a_worker(tmp_path: Path) -> None:
    learner = LearnerProfileFactory()
    Balance.objects.create(learner=learner, currency="xp", amount=77)  # no entry stands behind it
    each_second = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.SECONDS)
    scheduled = PeriodicTask.objects.create(
        name="rebuild", task="gamification.rewards.rebuild_balances", interval=each_second
    )
    PeriodicTasks.update_changed()
    queue = f"test-{uuid.uuid4().hex}"
    worker_log, beat_log = tmp_path / "worker.log", tmp_path / "beat.log"

    with (
        celery("worker", "--pool", "solo", "--loglevel", "INFO", log=worker_log, queue=queue),
        celery("beat", "--loglevel", "INFO", "--max-interval", "1", "--pidfile=", log=beat_log, queue=queue),
    ):
        until = time.monotonic() + SECONDS_TO_WAIT
        while Balance.objects.get(learner=learner).amount != 0 and time.monotonic() < until:
            time.sleep(0.2)

    assert Balance.objects.get(learner=learner).amount == 0, worker_log.read_text() + beat_log.read_text()
    scheduled.refresh_from_db()
    assert scheduled.total_run_count >= 1
    delete_queue(queue)
