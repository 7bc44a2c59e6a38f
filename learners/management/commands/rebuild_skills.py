from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from learners.services import skills


class Command(BaseCommand):
    help = "Compute every learner's skills again from their answers, under the newest statistics."

    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        report = skills.rebuild_skills()
        self.stdout.write(f"{report.learners} learners, {report.answers} answers, {perf_counter() - started:.1f} s.")
