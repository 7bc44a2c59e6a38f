"""Time a day's generation against its floor: reading the same inputs and copying the same rows, and nothing else.

``python -m benchmarks.generation --learners 100000 --json``; with ``--workers 2`` two processes share the run, with
``--celery`` a real worker does, which needs a broker (CELERY_BROKER_URL).
"""

import argparse
import json
import resource
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from benchmarks.workbench import own_database
from benchmarks.worker import real_tasks, running_worker

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = NOW.date()
DAYS_OF_PRACTICE = 4  # of the last four weeks
LEARNERS_AT_ONCE = 10_000  # as the generation does
LEARNERS_AT_ONCE_PORTABLE = 1_000
POLL_SECONDS = 0.02


def main() -> int:
    options = _options()
    with real_tasks() if options.celery else nullcontext(), own_database() as vendor:
        result = measure(
            learners=options.learners,
            categories=options.categories,
            history=options.history,
            vendor=vendor,
            generate=_through_celery if options.celery else partial(_with_workers, options.workers),
        )
        result |= {"workers": options.workers, "through_celery": options.celery}
    if options.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:20} {value}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=20_000)
    parser.add_argument("--categories", type=int, default=10)
    parser.add_argument("--history", type=int, default=0, help="days of challenges that are there already, 0–7")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the run")
    parser.add_argument("--celery", action="store_true", help="a Celery worker with two processes does it")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def measure(
    *, learners: int, categories: int, history: int, vendor: str, generate: Callable[[], Any] | None = None
) -> dict[str, Any]:
    """Return seconds and ratios of one run; the floor is measured after ours, on the warm cache."""
    from challenges.services.generation import generate_for_day

    _, seed_seconds = _timed(lambda: _seed(learners, categories, vendor))
    for days_ago in range(history, 0, -1):
        generate_for_day(day=TODAY - timedelta(days=days_ago), now=NOW)
    before = _peak_megabytes()
    report, seconds = _timed(generate) if generate else _timed(lambda: generate_for_day(day=TODAY, now=NOW))
    report, seconds = report if isinstance(report, tuple) else (report, seconds)
    peak = _peak_megabytes()
    again = generate_for_day(day=TODAY, now=NOW)
    result: dict[str, Any] = {
        "vendor": vendor,
        "learners": learners,
        "categories": categories,
        "history_days": history,
        "rows": report.generated,
        "ml_rows": report.ml_generated,
        "statements": report.statements,
        "seconds": round(seconds, 3),
        "microseconds_per_learner": round(seconds / learners * 1e6, 2),
        "second_run_rows": again.generated,
        "peak_mb": peak,
        "peak_mb_before": before,
        "seed_seconds": round(seed_seconds, 1),
    }
    read, write = _floor() if vendor == "postgresql" else _portable_floor()
    return result | {
        "floor_read_seconds": round(read, 3),
        "floor_write_seconds": round(write, 3),
        "floor_seconds": round(read + write, 3),
        "ratio_to_floor": round(seconds / (read + write), 3),
    }


def _with_workers(workers: int) -> Any:
    from challenges.services.sharing import generate_with_workers

    return generate_with_workers(day=TODAY, now=NOW, workers=workers)


def _through_celery() -> tuple[Any, float]:
    """Return the report and the seconds from sending the task to the end of the run, with the worker up before."""
    from challenges.models import GenerationRun
    from challenges.services.generation import report_of
    from challenges.tasks import generate_daily

    with running_worker(processes=2):
        begun = time.perf_counter()
        generate_daily.delay(day=TODAY.isoformat())
        while not GenerationRun.objects.filter(local_date=TODAY, state="done").exists():
            time.sleep(POLL_SECONDS)
        seconds = time.perf_counter() - begun
        return report_of(GenerationRun.objects.get(local_date=TODAY)), seconds


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def _peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _seed(learners: int, categories: int, vendor: str) -> None:
    """Make learners with a skill in each category and a few days of practice, by set-based statements."""
    from challenges.services.setup import setup
    from learners.services.catalogue import create_categories

    setup(now=NOW)
    create_categories([f"topic_{number:03}" for number in range(categories)])
    statements = _POSTGRESQL_SEEDS if vendor == "postgresql" else _SQLITE_SEEDS
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"learners": learners, "now": NOW, "days": DAYS_OF_PRACTICE, "today": TODAY})


_PROFILE = "uuid, display_name, language, zone, next_zone, age_band, personalized, created_at"
_STATE = (
    "learner_id, n_answers, n_correct, theta, residual, recent, last_at, streak, best_streak, freezes_used, version"
)
_SKILL = "learner_id, category_id, theta, n, wins, residual, recent, ewma, last_at, p, p_by, version"
_DAY = "learner_id, local_date, activities, answers, correct, seconds, rounds, faultless_rounds"

_POSTGRESQL_SEEDS = (
    f"INSERT INTO gamification_learners_learnerprofile ({_PROFILE}) "
    "SELECT gen_random_uuid(), '', '', 'Europe/Oslo', '', 'unknown', true, %(now)s "
    "FROM generate_series(1, %(learners)s)",
    f"INSERT INTO gamification_learners_learnerstate ({_STATE}) "
    "SELECT id, 100, 70, random() * 2 - 1, 0, 0, %(now)s - random() * interval '20 days', 0, 0, 0, 7 "
    "FROM gamification_learners_learnerprofile ORDER BY id",
    f"INSERT INTO gamification_learners_skillestimate ({_SKILL}) "
    "SELECT l.id, c.id, random() * 2 - 1, (random() * 40)::int + 1, 5, 0, 0, 0.5, "
    "%(now)s - random() * interval '25 days', 0.7, 'elo-1', 1 "
    "FROM gamification_learners_learnerprofile l CROSS JOIN gamification_learners_category c ORDER BY l.id, c.id",
    f"INSERT INTO gamification_learners_learnerday ({_DAY}) "
    "SELECT l.id, %(today)s - d * 3, 20, 20, 14, 300, 2, 0 "
    "FROM gamification_learners_learnerprofile l CROSS JOIN generate_series(1, %(days)s) d ORDER BY l.id, d",
    "VACUUM ANALYZE",
)
_NUMBERS = "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %(learners)s) "
_RANDOM = "(abs(random()) / 9223372036854775807.0)"
_SQLITE_SEEDS = (
    f"INSERT INTO gamification_learners_learnerprofile ({_PROFILE}) {_NUMBERS}"
    "SELECT lower(hex(randomblob(16))), '', '', 'Europe/Oslo', '', 'unknown', 1, %(now)s FROM numbers",
    f"INSERT INTO gamification_learners_learnerstate ({_STATE}) "
    f"SELECT id, 100, 70, {_RANDOM} * 2 - 1, 0, 0, %(now)s, 0, 0, 0, 7 FROM gamification_learners_learnerprofile",
    f"INSERT INTO gamification_learners_skillestimate ({_SKILL}) "
    f"SELECT l.id, c.id, {_RANDOM} * 2 - 1, CAST({_RANDOM} * 40 AS INTEGER) + 1, 5, 0, 0, 0.5, %(now)s, 0.7, "
    "'elo-1', 1 FROM gamification_learners_learnerprofile l CROSS JOIN gamification_learners_category c",
)


def _floor() -> tuple[float, float]:
    """Return seconds to read the inputs and to copy the same rows into an identical empty table."""
    from django.db import connection

    from challenges.models import Challenge
    from learners.common.bulk import read_binary

    table = Challenge._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in Challenge._meta.local_concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE floor_rows (LIKE "{table}" INCLUDING IDENTITY INCLUDING DEFAULTS)')
        cursor.execute("ALTER TABLE floor_rows ADD PRIMARY KEY (id)")
        cursor.execute("ALTER TABLE floor_rows ADD UNIQUE (learner_id, local_date, slot)")
    read = write = 0.0
    ids = f'SELECT min(learner_id), max(learner_id) FROM "{table}"'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(ids)
        first, last = cursor.fetchone()
    for start in range(first, last + 1, LEARNERS_AT_ONCE):
        read += _timed(partial(_read_inputs, start, start + LEARNERS_AT_ONCE - 1))[1]
        body = read_binary(
            f'SELECT {columns} FROM "{table}" WHERE local_date = %s AND learner_id BETWEEN %s AND %s '  # noqa: S608
            "ORDER BY learner_id, slot",
            [TODAY, start, start + LEARNERS_AT_ONCE - 1],
        )
        write += _timed(partial(_copy, body, columns))[1]
    return read, write


def _portable_floor() -> tuple[float, float]:
    """Return seconds to read the inputs by Django and to insert the same rows by the driver, where there is no COPY."""
    from django.db import connection, transaction

    from challenges.models import Challenge

    table = Challenge._meta.db_table
    names = [f'"{field.column}"' for field in Challenge._meta.local_concrete_fields]
    columns, marks = ", ".join(names), ", ".join(["%s"] * len(names))
    read = write = 0.0
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE floor_rows AS SELECT * FROM "{table}" WHERE 0')  # noqa: S608
        cursor.execute("CREATE UNIQUE INDEX floor_slot ON floor_rows (learner_id, local_date, slot)")
        cursor.execute(f'SELECT min(learner_id), max(learner_id) FROM "{table}"')  # noqa: S608
        first, last = cursor.fetchone()
        for start in range(first, last + 1, LEARNERS_AT_ONCE_PORTABLE):
            end = start + LEARNERS_AT_ONCE_PORTABLE - 1
            read += _timed(partial(_read_inputs, start, end))[1]
            wanted = f'SELECT {columns} FROM "{table}" WHERE local_date = %s AND learner_id BETWEEN %s AND %s'  # noqa: S608
            cursor.execute(wanted, [TODAY, start, end])
            rows = cursor.fetchall()
            insert = f"INSERT INTO floor_rows ({columns}) VALUES ({marks})"  # noqa: S608
            with transaction.atomic():
                write += _timed(partial(cursor.executemany, insert, rows))[1]
    return read, write


def _read_inputs(first: int, last: int) -> None:
    """Read what the generation reads of these learners, and make nothing of it."""
    from django.db.models import Count, Q, Sum

    from challenges.models import Challenge
    from learners.common.columns import columns_of
    from learners.models import LearnerDay, LearnerProfile, SkillEstimate

    within = Q(learner_id__gte=first, learner_id__lte=last)
    people = LearnerProfile.objects.filter(
        pk__gte=first, pk__lte=last, forgotten_at__isnull=True, state__last_at__gte=NOW - timedelta(days=30)
    ).order_by("pk")
    days = LearnerDay.objects.filter(within, local_date__gte=TODAY - timedelta(days=28), local_date__lt=TODAY)
    recent = Challenge.objects.filter(within, local_date__gte=TODAY - timedelta(days=7), local_date__lt=TODAY)
    state = ("pk", "personalized", "state__n_answers", "state__theta", "state__last_at", "state__version")
    columns_of(people.values_list(*state), ("int8", "bool", "int4", "float8", "timestamptz", "int4"))
    columns_of(
        SkillEstimate.objects.filter(within).values_list("learner_id", "category_id", "theta", "n", "p", "last_at"),
        ("int8", "int8", "float8", "int4", "float8", "timestamptz"),
    )
    summed = days.values("learner_id").annotate(days=Count("pk"), sum=Sum("answers"))
    columns_of(summed.values_list("learner_id", "days", "sum"), ("int8", "int8", "int8"))
    columns_of(
        recent.values_list("learner_id", "slot", "type_id", "category_id", "status"),
        ("int8", "int2", "int8", "int8", "int2"),
    )


def _copy(body: bytes, columns: str) -> None:
    from django.db import connection, transaction

    statement = f"COPY floor_rows ({columns}) FROM STDIN (FORMAT BINARY)"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as target:
        target.write(body)


if __name__ == "__main__":
    raise SystemExit(main())
