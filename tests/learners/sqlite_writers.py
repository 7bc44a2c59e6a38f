"""Eight processes recording into one SQLite file with the shipped settings; prints JSON.

Run with DATABASE_URL naming an empty file: ``python -m tests.learners.sqlite_writers --writers 8``.
"""

import argparse
import json
import sys
import time

import django


def main() -> None:
    """Migrate the file, then measure one writer and several."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--answers", type=int, default=40, help="per writer, one request each")
    given = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    alone = measure(writers=1, answers=given.answers, tag="alone")
    together = measure(writers=given.writers, answers=given.answers, tag="together")
    sys.stdout.write(json.dumps({"alone": alone, "together": together}) + "\n")


def measure(*, writers: int, answers: int, tag: str) -> dict[str, float]:
    """Return what ``writers`` processes recorded, how often one met a locked database, and answers a second."""
    from django.db import OperationalError

    from learners.common import clock
    from learners.models import Activity, Source
    from learners.services.batches import NewActivity
    from learners.services.recording import record_activities
    from tests.processes import at_once

    source, _ = Source.objects.get_or_create(code="quiz", defaults={"name": "Quiz"})

    def write(number: int) -> int:
        locked = 0
        for turn in range(answers):
            one = NewActivity(client_id=f"{tag}-{number}-{turn}", learner=f"l{turn % 5}", category="c", correct=True)
            try:
                record_activities(activities=[one], source=source, now=clock.now())
            except OperationalError:
                locked += 1
        return locked

    started = time.perf_counter()
    locked = sum(at_once(write, processes=writers))
    seconds = time.perf_counter() - started
    recorded = Activity.objects.filter(client_id__startswith=f"{tag}-").count()
    return {
        "sent": writers * answers,
        "recorded": recorded,
        "locked": locked,
        "per_second": round(recorded / seconds, 1),
    }


if __name__ == "__main__":
    main()
