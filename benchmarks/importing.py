"""Time an import of answers against its floor: the same activity rows in one COPY (or ``executemany`` on SQLite).

``python -m benchmarks.importing --answers 100000 --json``
"""

import argparse
import csv
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.workbench import own_database

ANSWERS_PER_LEARNER = 35  # ASSISTments 2015: 484,040 answers of 13,935 learners
ANSWERS_PER_TOPIC = 7  # in a row, as there
CATEGORIES = 100
SEED = 7


def main() -> int:
    options = _options()
    with own_database() as vendor, TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv.gz"
        _write_file(path, options.answers)
        result = measure(path=path, answers=options.answers, vendor=vendor)
    if options.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:20} {value}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def measure(*, path: Path, answers: int, vendor: str) -> dict[str, Any]:
    """Return seconds and ratios of one run; the floor writes the rows that the import left into a like table."""
    first, seconds = _timed(lambda: _import(path))
    again, again_seconds = _timed(lambda: _import(path))
    floor = _floor(vendor)
    return {
        "vendor": vendor,
        "answers": answers,
        "learners": first.learners,
        "made": first.made,
        "second_run_made": again.made,
        "seconds": round(seconds, 3),
        "second_run_seconds": round(again_seconds, 3),
        "floor_seconds": round(floor, 3),
        "ratio_to_floor": round(seconds / floor, 2),
        "answers_per_second": round(answers / seconds),
    }


def _write_file(path: Path, answers: int) -> None:
    dice = Random(SEED)
    category = 0
    with gzip.open(path, "wt", newline="", compresslevel=1) as stream:
        writer = csv.writer(stream)
        writer.writerow(["learner_id", "item_id", "category_id", "correct"])
        for number in range(answers):
            if number % ANSWERS_PER_TOPIC == 0:
                category = dice.randrange(CATEGORIES)
            item = f"{category}-{dice.randrange(50)}"
            writer.writerow([number // ANSWERS_PER_LEARNER, item, category, int(dice.random() < 0.73)])


def _import(path: Path) -> Any:
    from learners.answer_files import read
    from learners.common import clock
    from learners.models import Source
    from learners.services.importing import ImportPlan, import_answers

    source, _made = Source.objects.get_or_create(code="benchmark", defaults={"name": "Benchmark"})
    with gzip.open(path, "rt") as lines:
        return import_answers(
            lines=read(lines), plan=ImportPlan(source=source, create_categories=True), now=clock.now()
        )


def _floor(vendor: str) -> float:
    """Return the seconds that writing the same rows takes, with their primary key, unique key and index."""
    from django.db import connection, transaction

    from learners.models import Activity

    table = Activity._meta.db_table
    names = [str(field.column) for field in Activity._meta.concrete_fields]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY id")
        rows = cursor.fetchall()
        if vendor == "postgresql":
            cursor.execute(f"CREATE TABLE floor_activity (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)")
        else:
            cursor.execute(f"CREATE TABLE floor_activity AS SELECT {columns} FROM {table} WHERE false")
            cursor.execute("CREATE UNIQUE INDEX floor_id ON floor_activity (id)")
            cursor.execute("CREATE UNIQUE INDEX floor_uniq ON floor_activity (source_id, client_id)")
            cursor.execute("CREATE INDEX floor_learner ON floor_activity (learner_id, id)")

        def copy() -> None:
            with cursor.copy(f"COPY floor_activity ({columns}) FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)

        def insert() -> None:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO floor_activity ({columns}) VALUES ({marks})", rows)

        def write() -> None:
            with transaction.atomic():
                copy() if vendor == "postgresql" else insert()

        return _timed(write)[1]


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
