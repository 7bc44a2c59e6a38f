"""Doors that rooms open by convention: functions found by name, so that no room above needs to be installed."""

import importlib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from django.apps import apps

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


def functions(module: str, name: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield app and ``<app>.services.<module>.<name>`` of each installed app that has one, lowest floor first."""
    for app in FLOORS:
        path = f"{app}.services.{module}"
        if apps.is_installed(app) and _exists(path):
            yield app, getattr(importlib.import_module(path), name)


def _exists(path: str) -> bool:
    try:
        return find_spec(path) is not None
    except ModuleNotFoundError:  # the app has no services, or they are one file
        return False
