import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from challenges.services.generation import GenerationReport, generate_for_day
from learners.api import site_date
from learners.common import clock


class Command(BaseCommand):
    help = "Make the day's challenges for everyone who has been active lately; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", help="The learners' day, e.g. 2026-11-21; without it, the site's today.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        day = _date(options["date"]) if options["date"] else site_date(now)
        report = generate_for_day(day=day, now=now)
        self.stdout.write(json.dumps(asdict(report)) if options["json"] else _sentence(report))
        if report.errors:
            self.stderr.write(f"{report.errors} learners could not be served; see the run's chunks.")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a date; write it like 2026-11-21.") from error


def _sentence(report: GenerationReport) -> str:
    return (
        f"{report.target_date}: {report.generated} challenges for {report.learners} learners "
        f"({report.ml_generated} chosen personally, {report.fallback_generated} by rules, {report.kept} kept) "
        f"in {report.seconds} s and {report.statements} statements."
    )
