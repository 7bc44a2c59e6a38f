"""A Celery worker of one's own for a benchmark, on the benchmark's database and a queue that nobody else uses."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

SECONDS_TO_START = 60


@contextmanager
def real_tasks() -> Iterator[None]:
    """Let tasks go to the broker instead of being run where they are called; enter it before Django is set up."""
    if not os.environ.get("CELERY_BROKER_URL"):
        raise SystemExit("Name a broker in CELERY_BROKER_URL, e.g. amqp://guest:guest@127.0.0.1:5672//")
    os.environ["GAMIFICATION_TEST_EAGER"] = "false"
    os.environ["GAMIFICATION_QUEUE"] = f"bench_{uuid4().hex[:12]}"
    yield


@contextmanager
def running_worker(*, processes: int) -> Iterator[None]:
    """Start a worker, wait until it answers, and end it afterwards."""
    from gamification_site.celery import app

    name = f"{os.environ['GAMIFICATION_QUEUE']}@bench"
    command = [sys.executable, "-m", "celery", "--app", "gamification_site", "--quiet", "worker"]
    command += ["--concurrency", str(processes), "--hostname", name, "--loglevel", "ERROR"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        until = time.monotonic() + SECONDS_TO_START
        while not app.control.ping(destination=[name], timeout=1.0):
            if worker.poll() is not None or time.monotonic() > until:
                raise SystemExit("The worker did not start.")
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=SECONDS_TO_START)
        with app.connection_for_write() as broker:
            broker.default_channel.queue_delete(os.environ["GAMIFICATION_QUEUE"])
