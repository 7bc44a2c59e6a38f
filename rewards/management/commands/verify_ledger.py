import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from rewards.services import audit

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Compare every balance with the sum of its ledger entries; the exit code is 1 when one differs."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = audit.verify_ledger()
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(report), "sound": report.sound}))
        else:
            self._tell(report)
        if not report.sound:
            sys.exit(1)

    def _tell(self, report: audit.LedgerReport) -> None:
        self.stdout.write(f"{report.entries} entries, {report.balances} balances, {len(report.drifts)} differences")
        for drift in report.drifts[:MOST_SHOWN]:
            self.stdout.write(
                f"learner {drift.learner_id}, {drift.currency}: balance {drift.balance}, ledger {drift.ledger}"
            )
        for number in report.levels_out_of_order:
            self.stdout.write(f"level {number} does not ask for more XP than the level below it")
