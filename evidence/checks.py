"""System checks: what is listed in ``TRAINERS`` exists."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.module_loading import import_string

from evidence import conf


@register(Tags.compatibility)
def check_trainers(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Import each listed trainer of an installed app and refuse what is none."""
    from evidence.trainers import Trainer

    found: list[CheckMessage] = []
    for path in conf.installed_trainers():
        try:
            trainer = import_string(path)
        except ImportError as error:
            found.append(Error(f"The trainer {path} cannot be imported: {error}", id="gamification.E020"))
            continue
        if not isinstance(trainer, Trainer):
            found.append(Error(f"{path} is no evidence.trainers.Trainer.", id="gamification.E021"))
    return found
