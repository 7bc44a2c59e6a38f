import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, no_translations
from tqdm import tqdm

from learners.answer_files import WrongColumns, read
from learners.common import clock
from learners.errors import LearnersError
from learners.models import Source
from learners.services.importing import ImportPlan, ImportReport, check_lines, import_answers
from learners.services.zones import check_zone

LONGEST_CODE = 60
LISTED = 20  # bad lines printed; --json has up to a thousand
GZIP_MAGIC = b"\x1f\x8b"


class Command(BaseCommand):
    help = "Import answers given elsewhere from a CSV file (or .csv.gz); run again, it continues where it ended."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, help="columns learner_id,item_id,category_id,correct[,occurred_at]")
        parser.add_argument("--source", default="", help="code of the source; default: the file's name")
        parser.add_argument("--create-categories", action="store_true", help="make categories that are unknown")
        parser.add_argument("--zone", default="", help="IANA time zone of new learners; default: the site's")
        parser.add_argument("--start-date", type=date.fromisoformat, help="day of the first row; default: yesterday")
        parser.add_argument("--pay", action="store_true", help="pay rewards for the answers too")
        parser.add_argument("--strict", action="store_true", help="import nothing if any line is bad")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    @no_translations  # a report in one language, whatever the site's
    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        try:
            plan = _plan(options)
            if options["strict"]:
                self._refuse_bad_lines(options["file"], plan, as_json=options["json"])
            report = _import(options["file"], plan)
        except (WrongColumns, LearnersError, OSError, EOFError, zlib.error) as error:
            raise CommandError(_sentence(options["file"], error)) from error
        self._report(plan, report, perf_counter() - started, as_json=options["json"])
        if report.bad:
            sys.exit(1)

    def _refuse_bad_lines(self, path: Path, plan: ImportPlan, *, as_json: bool) -> None:
        with _open(path) as (_raw, lines):
            report = check_lines(lines=read(lines), plan=plan)
        if report.bad:
            self._report(plan, report, 0.0, as_json=as_json)
            sys.exit(1)

    def _report(self, plan: ImportPlan, report: ImportReport, seconds: float, *, as_json: bool) -> None:
        rate = round((report.made + report.kept) / seconds) if seconds else None
        if as_json:
            body = {"source": plan.source.code, **asdict(report), "seconds": round(seconds, 3)}
            self.stdout.write(json.dumps({**body, "answers_per_second": rate}))
            return
        self.stdout.write(
            f"Source {plan.source.code}: {report.made} made, {report.kept} kept, {report.bad} bad; "
            f"{report.learners} learners, {seconds:.1f} s."
        )
        for bad in report.bad_lines[:LISTED]:
            self.stderr.write(f"line {bad.line}: {bad.reason}")
        if report.bad > LISTED:
            self.stderr.write(f"… and {report.bad - LISTED} more; --json lists them.")


def _plan(options: dict[str, Any]) -> ImportPlan:
    if options["zone"]:
        check_zone(options["zone"])
    code = options["source"] or _code_of(options["file"])
    if not re.fullmatch(rf"[-a-zA-Z0-9_]{{1,{LONGEST_CODE}}}", code):
        raise CommandError(f"{code!r} is no source code: use up to {LONGEST_CODE} letters, digits, - and _.")
    if not options["file"].is_file():
        raise CommandError(f"There is no file {options['file']}.")
    source, _made = Source.objects.get_or_create(code=code, defaults={"name": code})
    if not source.is_active:
        raise CommandError(f"The source {code} is not active.")
    return ImportPlan(
        source=source,
        create_categories=options["create_categories"],
        zone=options["zone"],
        start_date=options["start_date"],
        pay=options["pay"],
    )


def _code_of(path: Path) -> str:
    """Return a source code for a file: assist15.train.csv.gz is assist15-train."""
    stem = re.sub(r"(\.csv)?(\.gz)?$", "", path.name)
    return re.sub(r"[^-a-zA-Z0-9_]+", "-", stem).strip("-")[:LONGEST_CODE] or "import"


def _import(path: Path, plan: ImportPlan) -> ImportReport:
    with _open(path) as (raw, lines):
        size = path.stat().st_size
        with tqdm(total=size, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

            def show(report: ImportReport) -> None:
                bar.update(raw.tell() - bar.n)
                bar.set_postfix(made=report.made, kept=report.kept, bad=report.bad, refresh=False)

            return import_answers(lines=read(lines), plan=plan, now=clock.now(), on_chunk=show)


@contextmanager
def _open(path: Path) -> Iterator[tuple[BinaryIO, Iterable[str]]]:
    """Open a file, gzipped or not, and give its raw end (for progress) and its lines; wrong bytes become surrogates."""
    with path.open("rb") as raw:
        zipped = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        raw.seek(0)
        stream: Any = gzip.GzipFile(fileobj=raw) if zipped else raw
        yield raw, io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8", errors="surrogateescape")


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return f"{path.name} is damaged ({error}); what came before is imported."
    return str(error)
