import json
from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from learners.services import statistics


class Command(BaseCommand):
    help = "Count right answers by item and category again; answers after that are predicted by the new counts."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        version = statistics.refit(now=clock.now())
        report = {
            "version": version.pk,
            "answers": version.n,
            "items": version.items.count(),
            "categories": version.categories.count(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(
                f"Version {report['version']}: {report['answers']} answers, "
                f"{report['items']} items, {report['categories']} categories."
            )
