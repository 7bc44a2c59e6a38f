from typing import Any

from django.core.management.base import BaseCommand

from learners.common import clock
from learners.management.naming import add_learner_arguments, named_learner
from learners.services import forgetting


class Command(BaseCommand):
    help = "Forget who one learner is. Numbers stay, so that sums stay true; nothing leads back to the person."

    def add_arguments(self, parser: Any) -> None:
        add_learner_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forgetting.forget_learner(learner=named_learner(options), now=clock.now())
        self.stdout.write(f"Learner #{forgotten.pk} is forgotten.")
