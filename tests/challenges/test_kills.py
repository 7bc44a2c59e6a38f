"""A generation that is killed at random moments and started again ends with the rows of one that was not."""

import multiprocessing
import os
import random
import signal
import time

import pytest
from django.db import connections

from challenges.models import Challenge, GenerationChunk, GenerationRun
from challenges.services.generation import generate_for_day
from tests.challenges.builders import TODAY, a_learner, a_site, rows_of
from tests.factories import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.performance, pytest.mark.services]

KILLS = 100
LEARNERS = 240
LONGEST_LIFE_SECONDS = 0.25
_FORK = multiprocessing.get_context("fork")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_hundred_kills_leave_the_rows_of_an_unkilled_run(workers: int) -> None:
    topics = a_site()
    for number in range(LEARNERS):
        a_learner(answers=number, topics=topics, thetas=(0.01 * number, -0.4, 0.3, 1.2))
    generate_for_day(day=TODAY, now=NOON)
    golden = rows_of()
    assert len(golden) == 3 * (LEARNERS - 1)  # the first one has never answered

    chance, killed, resumed = random.Random(11), 0, 0
    while killed < KILLS:
        _empty()
        while not _is_done():
            killed += _run_for(chance.uniform(0.0, LONGEST_LIFE_SECONDS), workers=workers)
            resumed += GenerationChunk.objects.filter(run__state="running", done_at__isnull=False).exists()
        assert rows_of() == golden
        run = GenerationRun.objects.get(attempt=1)  # a second worker that comes when all is done opens another
        assert (run.learners, run.generated + run.kept, run.errors) == (LEARNERS - 1, 3 * (LEARNERS - 1), 0)

    assert resumed > 0


def _empty() -> None:
    Challenge.objects.all().delete()
    GenerationChunk.objects.all().delete()
    GenerationRun.objects.all().delete()


def _is_done() -> bool:
    return GenerationRun.objects.filter(state="done").exists()


def _run_for(seconds: float, *, workers: int) -> int:
    """Let processes generate and kill them after ``seconds``; return how many were still at work."""
    connections.close_all()
    processes = [_FORK.Process(target=_generate) for _ in range(workers)]
    for process in processes:
        process.start()
    time.sleep(seconds)
    for process in processes:
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
    for process in processes:
        process.join()
        assert process.exitcode in {0, -signal.SIGKILL}
    return sum(process.exitcode == -signal.SIGKILL for process in processes)


def _generate() -> None:
    generate_for_day(day=TODAY, now=NOON, learners_per_chunk=10)
