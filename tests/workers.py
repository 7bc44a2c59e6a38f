"""Real Celery processes on the test database, with a queue that no other run uses."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def start(*arguments: str, log: Path, queue: str, app: str = "gamification_site") -> "subprocess.Popen[bytes]":
    """Start a worker or a beat in a process group of its own."""
    given = connection.settings_dict
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    place = f"{given['HOST']}:{given['PORT'] or 5432}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gamification_site.settings.test",
        "DATABASE_URL": f"postgres://{given['USER']}{password}@{place}/{given['NAME']}",
        "GAMIFICATION_QUEUE": queue,
        "GAMIFICATION_TEST_EAGER": "false",
    }
    with log.open("w") as output:
        own_name = ("--hostname", f"{uuid.uuid4().hex}@%h") if arguments[0] == "worker" else ()
        command = [sys.executable, "-m", "celery", "--app", app, "--quiet", *arguments, *own_name]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


@contextmanager
def celery(*arguments: str, log: Path, queue: str, app: str = "gamification_site") -> Iterator[None]:
    """Run Celery for a while and end it in good order."""
    process = start(*arguments, log=log, queue=queue, app=app)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all it started at once, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def delete_queue(name: str) -> None:
    from kombu.connection import Connection

    with Connection(settings.CELERY_BROKER_URL) as broker:  # type: ignore[no-untyped-call]
        broker.default_channel.queue_delete(name)
