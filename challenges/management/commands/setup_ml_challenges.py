from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from challenges.selectors.samples import samples
from challenges.services.health import health
from learners.common.languages import OURS


class Command(BaseCommand):
    help = "Give the site its topics, challenge types, texts and settings, and check that challenges can be made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--samples", action="store_true", help="Print an example of every text in each language.")
        parser.add_argument("--test-only", action="store_true", help="Only check; write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["test_only"]:
            call_command("setup_gamification", stdout=self.stdout)
        found = health()
        if not found.sound:
            raise CommandError("\n".join(found.problems))
        for fact in found.facts:
            self.stdout.write(fact)
        if options["samples"]:
            for language in OURS:
                for line in samples(language):
                    self.stdout.write(line)
        self.stdout.write("Sound.")
