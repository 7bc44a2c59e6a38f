import sys
from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from learners.services import replay


class Command(BaseCommand):
    help = "Run again what failed in a room for some learners; the exit code is 1 while something still waits."

    def handle(self, *args: Any, **options: Any) -> None:
        report = replay.replay_activities(now=clock.now())
        self.stdout.write(f"{report.repaired} made good, {report.waiting} still waiting.")
        if report.waiting:
            sys.exit(1)
