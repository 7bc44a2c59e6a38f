import json
from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from learners.services.conventions import functions


class Command(BaseCommand):
    help = "Add the default rows of every installed app; safe to run again, keeps what an editor changed."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        report = {app: setup(now=now) for app, setup in functions("setup", "setup")}
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        for app, made in report.items():
            for name, count in made.items():
                self.stdout.write(f"{app}: {count} new {name.replace('_', ' ')}")
