import importlib
import json
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from learners.common import clock

FLOORS = (
    "learners",
    "evidence",
    "rewards",
    "engagement",
    "motivation",
    "achievements",
    "challenges",
    "pathways",
    "social",
    "orchestration",
)


class Command(BaseCommand):
    help = "Add the default rows of every installed app; safe to run again, keeps what an editor changed."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        report = {app: setup(now=now) for app, setup in _setups()}
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        for app, made in report.items():
            for name, count in made.items():
                self.stdout.write(f"{app}: {count} new {name.replace('_', ' ')}")


def _setups() -> Iterator[tuple[str, Callable[..., dict[str, int]]]]:
    """Yield ``<app>.services.setup.setup`` of each installed app that has one, lowest floor first.

    Imported by name: the apps above need not be installed.
    """
    for app in FLOORS:
        if apps.is_installed(app) and find_spec(f"{app}.services") and _has_setup(app):
            yield app, importlib.import_module(f"{app}.services.setup").setup


def _has_setup(app: str) -> bool:
    try:
        return find_spec(f"{app}.services.setup") is not None
    except ModuleNotFoundError:  # services is one file, without default rows
        return False
