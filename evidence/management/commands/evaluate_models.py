import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.datasets import UnusableFile
from evidence.difficulty import NoChoices
from evidence.knowledge import SEED, OneOutcome
from evidence.printing import without_nan
from evidence.readiness import NoCheckpoints
from evidence.trainers import UnknownTask, trainer


class Command(BaseCommand):
    help = "Fit a pipeline on one file of answers and score it on learners of another, beside what it has to beat."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("task", help="what to evaluate: knowledge, readiness, difficulty")
        parser.add_argument("--train", type=Path, required=True, help="CSV or CSV.gz to fit on")
        parser.add_argument("--test", type=Path, required=True, help="CSV or CSV.gz of other learners to score")
        parser.add_argument("--seed", type=int, default=SEED, help="of folds, trees and resampling")
        parser.add_argument("--json", action="store_true", help="print the whole report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = trainer(options["task"])
            report = chosen.evaluate(options["train"], options["test"], options["seed"])
        except (UnknownTask, UnusableFile, OneOutcome, NoCheckpoints, NoChoices) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(without_nan(report)) if options["json"] else chosen.table(report))
