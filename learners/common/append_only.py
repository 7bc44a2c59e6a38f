"""Triggers that keep a table append-only, on SQLite and on PostgreSQL.

They are installed after every ``migrate`` instead of inside one: SQLite drops a table's triggers when it remakes it.
An app says what it guards in ``AppConfig.ready``; absent tables are skipped, and installing twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

_guarded: dict[str, frozenset[str]] = {}
_FUNCTION = "gam_append_only"


def guard(label: str, *, may_change: Sequence[str] = ()) -> None:
    """Forbid UPDATE (but of ``may_change`` columns) and DELETE on the table of model ``label``."""
    _guarded[label] = frozenset(may_change)


def install(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Create the triggers that are missing; tables that do not exist are skipped."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for model, may_change in _models():
            if model._meta.db_table in present:
                for statement in _statements(connection, model, may_change):
                    cursor.execute(statement)


def remove(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop the triggers; for tests that show what they guard against."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model, _ in _models():
            if model._meta.db_table not in present:
                continue
            for name in _names(connection, model):
                target = f' ON "{model._meta.db_table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{target}')


@contextmanager
def lifted(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Take the triggers away for a while; only a test's clean-up may."""
    remove(using=using)
    try:
        yield
    finally:
        install(using=using)


def missing(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of triggers that should be in the database and are not."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {row[0] for row in cursor.fetchall()}
    wanted = [name for model, _ in _models() if model._meta.db_table in present for name in _names(connection, model)]
    return [name for name in wanted if name not in there]


_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: add a counter-entry instead', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def _models() -> Iterator[tuple[type[models.Model], frozenset[str]]]:
    for label, may_change in _guarded.items():
        yield apps.get_model(label), may_change


def _names(connection: BaseDatabaseWrapper, model: type[models.Model]) -> tuple[str, ...]:
    events = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    return tuple(f"{model._meta.db_table}_no_{event}" for event in events)


def _statements(
    connection: BaseDatabaseWrapper, model: type[models.Model], may_change: frozenset[str]
) -> Iterator[str]:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.local_fields if field.name not in may_change)
    events = ((f"UPDATE OF {columns}", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    for name, (event, each) in zip(_names(connection, model), events, strict=False):
        if connection.vendor == "postgresql":
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {_FUNCTION}()'
            )
        else:
            yield (
                f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {event} ON "{table}" FOR EACH ROW '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: add a counter-entry instead'); END"
            )


def _refuse_replacing(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let SQLite fire the delete triggers for INSERT OR REPLACE too; without the pragma it does not."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


def _after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    install(using=using)


def connect() -> None:
    """Install the triggers after each ``migrate`` of this process; called once by ``learners``."""
    post_migrate.connect(_after_migrate, dispatch_uid="gamification.append_only")
    connection_created.connect(_refuse_replacing, dispatch_uid="gamification.append_only")
