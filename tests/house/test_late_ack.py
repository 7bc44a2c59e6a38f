"""The guard "late ack": a worker killed in the middle of a task loses it without, and not with."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from rewards.models import Balance
from tests.factories import LearnerProfileFactory
from tests.workers import celery, delete_queue, kill_group, start

TASK = "gamification.rewards.rebuild_balances"

pytestmark = [pytest.mark.services, pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def wait_for(condition: Callable[[], bool], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return condition()


def someone_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def repaired_after_a_kill(tmp_path: Path, *, app_name: str) -> bool:
    """Kill the worker while its task waits for a learner's row; say whether the next worker does the task."""
    learner = LearnerProfileFactory()
    Balance.objects.create(learner=learner, currency="xp", amount=77)  # no entry stands behind it
    queue = f"test-{uuid.uuid4().hex}"
    given = connection.settings_dict
    place = {"host": given["HOST"], "port": given["PORT"] or 5432, "user": given["USER"], "dbname": given["NAME"]}
    worker = ("worker", "--concurrency", "1", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
    try:
        with psycopg.connect(**place, password=given["PASSWORD"] or None) as holder:
            holder.execute("SELECT 1 FROM gamification_learners_learnerprofile FOR UPDATE")
            doomed = start(*worker, log=tmp_path / "doomed.log", queue=queue, app=app_name)
            assert start("call", TASK, log=tmp_path / "call.log", queue=queue).wait(timeout=60) == 0
            assert wait_for(someone_waits_for_a_lock, seconds=60), (tmp_path / "doomed.log").read_text()
            kill_group(doomed)
        with celery(*worker, log=tmp_path / "next.log", queue=queue, app=app_name):
            return wait_for(lambda: Balance.objects.get(learner=learner).amount == 0, seconds=10)
    finally:
        delete_queue(queue)


class TestGuardLateAck:
    def test_a_killed_worker_s_task_is_done_by_the_next(self, tmp_path: Path) -> None:
        assert repaired_after_a_kill(tmp_path, app_name="gamification_site")

    def test_without_the_guard_the_task_is_lost(self, tmp_path: Path) -> None:
        assert not repaired_after_a_kill(tmp_path, app_name="tests.early_ack")
