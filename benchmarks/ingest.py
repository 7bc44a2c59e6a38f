"""An answer over the API, with everything that follows, against a plain DRF view with as many ORM statements.

``python -m benchmarks.ingest --json``. Processor time is the application's and, on PostgreSQL, its backend's. The
targets: at most 20 statements, at most twice the reference's time, a tenth of it per event in batches of a hundred,
p99 within ten times p50, and an event sent twice changes nothing.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from benchmarks.workbench import own_database

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    given = parser.parse_args()
    with own_database() as vendor, _no_limits():
        report = {"database": vendor, **run(requests=given.requests, batches=given.batches)}
    sys.stdout.write(json.dumps(report, indent=None if given.json else 2) + "\n")


@contextmanager
def _no_limits() -> Iterator[None]:
    """Let the client knock as fast as it can: rates are not what is measured."""
    from django.conf import settings
    from django.test import override_settings

    rates = {"REST": {"WRITE_PER_MINUTE": 1_000_000}}
    with override_settings(GAMIFICATION={**settings.GAMIFICATION, **rates}, ALLOWED_HOSTS=["testserver"]):
        yield


def run(*, requests: int, batches: int) -> dict[str, Any]:
    """Return figures of single answers, batches of a hundred, and the reference view."""
    from django.core.management import call_command

    call_command("setup_gamification", stdout=StringIO())
    source = _Source()
    source.send([source.answer() for _ in range(300)])  # learners, categories and items are known from here on
    statements = source.statements([source.answer()])
    batch_statements = source.statements([source.answer() for _ in range(100)])
    single = _measure(lambda: source.send([source.answer()]), times=requests)
    batch = _measure(lambda: source.send([source.answer() for _ in range(100)]), times=batches)
    reference = _measure(_reference(statements), times=requests)
    per_event = batch["cpu_us"] / 100
    return {
        "statements": statements,
        "statements_batch_of_100": batch_statements,
        "cpu_us": single["cpu_us"],
        "reference_cpu_us": reference["cpu_us"],
        "ratio_to_floor": round(single["cpu_us"] / reference["cpu_us"], 2),
        "batch_cpu_us_per_event": round(per_event, 1),
        "batch_share_of_single": round(per_event / single["cpu_us"], 3),
        "p50_ms": single["p50_ms"],
        "p99_ms": single["p99_ms"],
        "p99_over_p50": round(single["p99_ms"] / single["p50_ms"], 1),
        "replay_changes_nothing": source.replay_changes_nothing(),
    }


class _Source:
    """A registered source that sends answers of a few learners over the API."""

    def __init__(self) -> None:
        from rest_framework.test import APIClient

        from learners.common import clock
        from learners.models import Source
        from learners.services.sources import issue_key

        source = Source.objects.create(code="bench", name="Benchmark")
        self.client = APIClient()
        self.client.credentials(HTTP_AUTHORIZATION=f"Source {issue_key(source=source, now=clock.now()).secret}")
        self.sent = 0

    def answer(self) -> dict[str, Any]:
        number = self.sent = self.sent + 1
        return {
            "client_id": f"a{number}",
            "learner": f"learner-{number % 50}",
            "kind": "answer",
            "category": "traffic_signs" if number % 3 else "road_markings",
            "item": f"q{number % 300}",
            "correct": number % 4 > 0,
            "seconds": 5.5,
        }

    def send(self, answers: list[dict[str, Any]]) -> Any:
        body = answers if len(answers) > 1 else answers[0]
        response = self.client.post("/api/v1/activities/", body, format="json")
        assert response.status_code in (200, 201), response.content
        return response

    def statements(self, answers: list[dict[str, Any]]) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            self.send(answers)
        return sum(query["sql"] not in ("BEGIN", "BEGIN IMMEDIATE", "COMMIT") for query in asked)

    def replay_changes_nothing(self) -> bool:
        from learners.models import Activity, LearnerState
        from rewards.models import LedgerEntry

        def counts() -> list[Any]:
            versions = list(LearnerState.objects.order_by("learner").values_list("learner", "version"))
            return [Activity.objects.count(), LedgerEntry.objects.count(), versions]

        answers = [self.answer() for _ in range(100)]
        first = self.send(answers).json()
        before = counts()
        again = self.send(answers).json()
        same = [one["outcome"] for one in first] == [two["outcome"] for two in again]
        return counts() == before and same


def _reference(statements: int) -> Callable[[], object]:
    """Return a request to a DRF view that validates one answer and runs ``statements`` plain ORM statements."""
    from django.utils import timezone
    from rest_framework import serializers
    from rest_framework.response import Response
    from rest_framework.test import APIRequestFactory
    from rest_framework.views import APIView

    from learners.models import Category, Event, LearnerDay, LearnerProfile

    learner = LearnerProfile.objects.earliest("id")

    class AnswerSerializer(serializers.Serializer[Any]):
        id = serializers.CharField(max_length=64)
        learner = serializers.CharField(max_length=150)
        kind = serializers.CharField(max_length=20)
        category = serializers.CharField(max_length=60)
        item = serializers.CharField(max_length=64)
        correct = serializers.BooleanField()
        seconds = serializers.FloatField()

    class Reference(APIView):
        authentication_classes = ()
        permission_classes = ()

        def post(self, request: Any) -> Response:
            serializer = AnswerSerializer(data=request.data)
            serializer.is_valid(raise_exception=True)
            for number in range(statements):
                if number % 3 == 0:
                    Event.objects.create(name="bench.done", learner=learner, data={}, happened_at=timezone.now())
                elif number % 3 == 1:
                    LearnerDay.objects.filter(learner=learner).update(answers=number)
                else:
                    Category.objects.filter(code="traffic_signs").first()
            return Response(serializer.data, status=201)

    view = Reference.as_view()
    factory = APIRequestFactory()
    body = {
        "id": "a",
        "learner": "l",
        "kind": "answer",
        "category": "traffic_signs",
        "item": "q",
        "correct": True,
        "seconds": 5.5,
    }
    return lambda: view(factory.post("/", body, format="json")).render()


def _measure(work: Callable[[], object], *, times: int) -> dict[str, float]:
    """Return median wall milliseconds, p99, and mean processor microseconds of ``work``, after a warm-up."""
    for _ in range(max(times // 10, 2)):
        work()
    backend = _backend_clock()
    walls = []
    started, backend_started = time.process_time(), backend()
    for _ in range(times):
        begun = time.perf_counter()
        work()
        walls.append(time.perf_counter() - begun)
    seconds = time.process_time() - started + backend() - backend_started
    walls.sort()
    return {
        "cpu_us": round(seconds / times * 1e6, 1),
        "p50_ms": round(statistics.median(walls) * 1e3, 2),
        "p99_ms": round(walls[min(int(times * 0.99), times - 1)] * 1e3, 2),
    }


def _backend_clock() -> Callable[[], float]:
    """Return a clock of the database backend's processor time; it stands still where there is none to read."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():  # the server runs on another machine
        return lambda: 0.0

    def clock() -> float:
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS  # user and system ticks

    return clock


if __name__ == "__main__":
    main()
