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

KILLS = 50
LEARNERS = 240
LONGEST_LIFE_SECONDS = 0.25
_FORK = multiprocessing.get_context("fork")


def test_fifty_kills_leave_the_rows_of_an_unkilled_run() -> None:
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
            if _run_for(chance.uniform(0.0, LONGEST_LIFE_SECONDS)):
                killed += 1
            resumed += GenerationRun.objects.filter(last_id__gt=0, state="running").exists()
        assert rows_of() == golden
        run = GenerationRun.objects.get()
        assert (run.learners, run.generated + run.kept, run.errors) == (LEARNERS - 1, 3 * (LEARNERS - 1), 0)

    assert resumed > 0


def _empty() -> None:
    Challenge.objects.all().delete()
    GenerationChunk.objects.all().delete()
    GenerationRun.objects.all().delete()


def _is_done() -> bool:
    return GenerationRun.objects.filter(state="done").exists()


def _run_for(seconds: float) -> bool:
    """Let a process generate and kill it after ``seconds``; say whether it was still at work."""
    connections.close_all()
    process = _FORK.Process(target=_generate)
    process.start()
    time.sleep(seconds)
    if process.is_alive() and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode == -signal.SIGKILL


def _generate() -> None:
    generate_for_day(day=TODAY, now=NOON, learners_per_chunk=10)
