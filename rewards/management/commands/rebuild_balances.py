import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from rewards.services import audit


class Command(BaseCommand):
    help = "Set every balance to the sum of its ledger entries, a chunk of learners at a time."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = audit.rebuild_balances(now=clock.now())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        else:
            self.stdout.write(
                f"{report.learners} learners, {report.balances} balances, {report.corrected} of them corrected"
            )
