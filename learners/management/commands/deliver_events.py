from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from learners.services import deliveries


class Command(BaseCommand):
    help = "Hand due events to the site's consumers; run it every minute where there is no Celery."

    def handle(self, *args: Any, **options: Any) -> None:
        report = deliveries.deliver_due(now=clock.now())
        self.stdout.write(f"{report.delivered} delivered, {report.failed} failed.")
