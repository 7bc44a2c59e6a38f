"""System checks: languages, translated columns, handlers, and the append-only triggers."""

import inspect
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from learners import conf
from learners.common import append_only, languages

MOST_LANGUAGES = 10  # a host without LANGUAGES would get a hundred columns per translated field


@register(Tags.translation)
def check_languages(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Warn when nb or en is missing; refuse a host that would get more than ten columns per text."""
    codes = languages.available()
    if not codes:
        return []
    found: list[CheckMessage] = []
    lacking = languages.missing(codes)
    if lacking:
        found.append(
            Warning(
                f"The site's languages lack {' and '.join(lacking)}; texts fall back to {languages.default()}.",
                hint="Add them to LANGUAGES and run sync_translation_fields.",
                id="gamification.W001",
            )
        )
    if len(codes) > MOST_LANGUAGES:
        found.append(
            Error(
                f"Every translated text would get {len(codes)} columns.",
                hint="Set LANGUAGES (or MODELTRANSLATION_LANGUAGES) to the languages the site really has.",
                id="gamification.E001",
            )
        )
    return found


@register(Tags.compatibility)
def check_time(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Refuse a site that stores local times: a learner's day could not be told from them."""
    if settings.USE_TZ:
        return []
    return [Error("Learners' days need aware times.", hint="Set USE_TZ = True.", id="gamification.E006")]


@register(Tags.compatibility)
def check_handlers(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Import each handler of an installed app, compare its signature, and miss those left out."""
    wired = conf.learner_settings()
    listed = [
        *((path, ("batch", "earlier", "now")) for path in wired.activity_handlers),
        *((path, ("entries", "now")) for path in wired.points_handlers),
    ]
    found = [message for path, wanted in listed if conf.is_there(path) for message in _check_handler(path, wanted)]
    found += [
        Warning(f"{path} is installed but hears of no activity.", hint="List it.", id="gamification.W002")
        for path in conf.ACTIVITY_HANDLERS
        if path not in wired.activity_handlers and conf.is_there(path)
    ]
    return found


def _check_handler(path: str, wanted: tuple[str, ...]) -> list[CheckMessage]:
    try:
        handler = import_string(path)
    except ImportError as error:
        return [Error(f"The handler {path} cannot be imported: {error}", id="gamification.E002")]
    names = tuple(inspect.signature(handler).parameters)
    if names != wanted:
        return [Error(f"The handler {path} takes {names}, not {wanted}.", id="gamification.E003")]
    return []


@register(Tags.database)
def check_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Compare triggers and translated columns with the database.

    Warnings, and none while migrations wait: `migrate` runs these checks first, and would refuse its own cure.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        if _migrations_wait(alias):
            continue
        absent = append_only.missing(using=alias)
        if absent:
            found.append(
                Warning(
                    f"Append-only triggers are missing: {', '.join(absent)}.",
                    hint="Run migrate; it installs them.",
                    id="gamification.W004",
                )
            )
        found.extend(_missing_columns(alias))
    return found


def _migrations_wait(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _missing_columns(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    tables = set(connection.introspection.table_names())
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for config in apps.get_app_configs():
            if not config.label.startswith("gamification_"):
                continue
            for model in config.get_models():
                if model._meta.db_table not in tables:
                    continue
                described = connection.introspection.get_table_description(cursor, model._meta.db_table)
                there = {column.name for column in described}
                lacking = [str(field.column) for field in model._meta.local_fields if field.column not in there]
                if lacking:
                    found.append(
                        Warning(
                            f"{model._meta.label} lacks the columns {', '.join(lacking)}.",
                            hint="Run sync_translation_fields.",
                            id="gamification.W005",
                        )
                    )
    return found
