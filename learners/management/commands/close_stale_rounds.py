from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from learners.services import rounds


class Command(BaseCommand):
    help = "Close the rounds that were opened more than a day ago."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = rounds.close_stale(now=clock.now())
        self.stdout.write(f"{closed} closed.")
