import json
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from learners.common import clock
from learners.management.naming import add_learner_arguments, named_learner
from learners.services import forgetting


class Command(BaseCommand):
    help = "Print everything that is stored about one learner, as JSON."

    def add_arguments(self, parser: Any) -> None:
        add_learner_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        everything = forgetting.export_learner(learner=named_learner(options), now=clock.now())
        self.stdout.write(json.dumps(everything, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
