"""Rows of django-celery-beat for the tasks that exist; an administrator's edits are never overwritten."""

import importlib
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import transaction

from learners.seeds.schedule import SCHEDULE, Scheduled

BEAT = "django_celery_beat"


def existing_tasks() -> set[str]:
    """Return the names of the registered tasks of all installed apps of ours."""
    from celery import current_app

    for config in apps.get_app_configs():
        if config.label.startswith("gamification_") and find_spec(f"{config.name}.tasks"):
            importlib.import_module(f"{config.name}.tasks")
    return set(current_app.tasks)


def seed_schedule(*, tasks: Iterable[str], schedule: Iterable[Scheduled] = SCHEDULE) -> list[str]:
    """Schedule those of ``tasks`` that have no row yet and return their names.

    A task that an administrator disabled, moved or renamed is known by its name and left alone.
    """
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    made = []
    known = set(tasks)
    with transaction.atomic():
        taken = set(PeriodicTask.objects.values_list("task", flat=True))
        for entry in schedule:
            if entry.task in known - taken:
                crontab = _crontab(CrontabSchedule, entry)
                PeriodicTask.objects.create(name=entry.task, task=entry.task, crontab=crontab)
                made.append(entry.task)
    return made


def _crontab(model: Any, entry: Scheduled) -> Any:
    return model.objects.get_or_create(
        minute=entry.minute, hour=entry.hour, day_of_week="*", day_of_month="*", month_of_year="*", timezone="UTC"
    )[0]
