from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from learners.services import schedule


class Command(BaseCommand):
    help = "Schedule the tasks that have no row in django-celery-beat yet; what an administrator changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        if not apps.is_installed(schedule.BEAT):
            self.stdout.write(f"{schedule.BEAT} is not installed; run the commands from cron.")
            return
        for name in (made := schedule.seed_schedule(tasks=schedule.existing_tasks())):
            self.stdout.write(f"scheduled {name}")
        if not made:
            self.stdout.write("Everything is scheduled already.")
