from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gamification_site.practice import demo
from learners.common import clock


class Command(BaseCommand):
    help = "Make the demo's people and four weeks of their practice; run again, it only says how to log in."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--although-public", action="store_true", help="load it although DEBUG is off; its passwords are known"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or options["although_public"]):
            raise CommandError("The demo's passwords are known to everyone: it is loaded only where DEBUG is on.")
        loaded = demo.load(now=clock.now())
        self.stdout.write("Log in as   admin / admin-demo      administrator")
        for person in demo.PEOPLE:
            about = "teacher" if person.role == "teacher" else f"learner, {person.age_band}"
            self.stdout.write(f"            {f'{person.username} / {person.password}':<23} {about}")
        self.stdout.write(f"Source key  {demo.KEY}")
        self.stdout.write(
            f"{loaded.learners} learners (all but Kari and Jonas are simulated), {loaded.answers} answers."
        )
