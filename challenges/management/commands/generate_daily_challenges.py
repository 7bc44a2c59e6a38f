import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from challenges.selectors.people import find_learner
from challenges.services import reporting
from challenges.services.cleaning import clean_up
from challenges.services.due import generate_due
from challenges.services.generation import GenerationReport
from challenges.services.health import health
from challenges.services.rehearsing import rehearse
from challenges.services.sharing import generate_with_workers
from challenges.services.singles import generate_for_learner
from learners.api import LearnerProfile, site_date
from learners.common import clock

WHAT = "the generation"


class Command(BaseCommand):
    help = "Make the day's challenges for everyone who has been active lately; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", help="The learners' day, e.g. 2026-11-21; without it, the site's today.")
        parser.add_argument("--due", action="store_true", help="Each learner's own today, as the automation does.")
        parser.add_argument("--learner", help="Only this learner: a public UUID or a user's key.")
        parser.add_argument("--force", action="store_true", help="Choose challenges that nobody has begun again.")
        parser.add_argument("--workers", type=int, default=1, help="Processes that share the work (PostgreSQL).")
        parser.add_argument("--cleanup", action="store_true", help="Then delete what is older than the days to keep.")
        parser.add_argument("--dry-run", action="store_true", help="Count what would be made; write nothing.")
        parser.add_argument("--health-check", action="store_true", help="Only say whether it could run; write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["health_check"]:
            self._check()
            return
        now = clock.now()
        day = _date(options["date"]) if options["date"] else site_date(now)
        _refuse_contradictions(options)
        try:
            with reporting.failures_are_told(WHAT, expected=(CommandError,)):
                self._generate(day, now, options)
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(f"The database failed: {str(error).strip()}") from error

    def _check(self) -> None:
        found = health()
        for fact in found.facts:
            self.stdout.write(fact)
        if not found.sound:
            raise CommandError("\n".join(found.problems))
        self.stdout.write("Sound.")

    def _generate(self, day: date, now: datetime, options: dict[str, Any]) -> None:
        learner = _learner(options["learner"])
        reports = _reports(day, now, options, learner)
        if not options["dry_run"]:
            reporting.tell(reports, now=now)
        gone = clean_up(now=now) if options["cleanup"] and not options["dry_run"] else None
        self._print(reports, gone, options)
        errors = sum(report.errors for report in reports)
        if errors:
            raise CommandError(f"{errors} learners could not be served; see the run's chunks.")

    def _print(self, reports: list[GenerationReport], gone: int | None, options: dict[str, Any]) -> None:
        if options["json"]:
            cleaned = {} if gone is None else {"deleted": gone}
            shown = [asdict(report) | cleaned for report in reports]
            self.stdout.write(json.dumps(shown if options["due"] else shown[0]))
            return
        for report in reports:
            self.stdout.write(("Would make. " if options["dry_run"] else "") + reporting.sentence(report))
        if gone is not None:
            self.stdout.write(f"{gone} old challenges deleted.")


def _reports(
    day: date, now: datetime, options: dict[str, Any], learner: LearnerProfile | None
) -> list[GenerationReport]:
    force = options["force"]
    if options["dry_run"]:
        return [rehearse(day=day, force=force, learner=learner)]
    if learner is not None:
        return [generate_for_learner(learner=learner, day=day, now=now, force=force)]
    if options["due"]:
        return generate_due(now=now)
    return [generate_with_workers(day=day, now=now, workers=options["workers"], force=force)]


def _refuse_contradictions(options: dict[str, Any]) -> None:
    if options["workers"] < 1:
        raise CommandError("--workers takes a number from 1.")
    others = ("date", "learner", "force", "dry_run")
    if options["due"] and (options["workers"] > 1 or any(options[name] for name in others)):
        raise CommandError("--due decides for itself; it goes with --cleanup and --json only.")


def _learner(ref: str | None) -> LearnerProfile | None:
    if ref is None:
        return None
    found = find_learner(ref)
    if found is None:
        raise CommandError(f"There is no learner {ref!r}.")
    return found


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a date; write it like 2026-11-21.") from error
