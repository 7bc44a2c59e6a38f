"""Writing many rows in one statement, on SQLite and on PostgreSQL.

Rows are mappings by field name (``learner_id`` for a foreign key) that all have the keys of the first one. A batch of
any size is one statement: ``FROM unnest(…)`` on PostgreSQL, ``FROM json_each(?)`` on SQLite. Conflicts name their
columns, so that a NOT NULL or CHECK failure is never hidden.
"""

import enum
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections, models, router
from django.db.models import Field

Row = Mapping[str, Any]
Columns = dict[str, list[Any]]


def insert_new(
    model: type[models.Model],
    rows: Sequence[Row],
    *,
    conflict: Sequence[str],
    returning: Sequence[str] = ("id",),
    sorted_by: str | None = None,
) -> list[tuple[Any, ...]]:
    """Insert the rows whose ``conflict`` columns are not taken yet and return ``returning`` of those that were new.

    Two equal rows in one call are one insert. The order of the answer is the database's. With ``sorted_by`` the ids
    follow the order of ``rows`` while the rows go in sorted by that column, so that two writers of the same keys wait
    for each other instead of deadlocking.
    """
    if not rows:
        return []
    action = "ON CONFLICT ({target}) DO NOTHING"
    return _insert(model, rows, action=action, conflict=conflict, returning=returning, sorted_by=sorted_by)


def insert_all(
    model: type[models.Model], rows: Sequence[Row], *, returning: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """Insert every row and return ``returning`` of each; a taken key raises IntegrityError."""
    if not rows:
        return []
    return _insert(model, rows, action="", conflict=(), returning=returning)


def upsert(
    model: type[models.Model], rows: Sequence[Row], *, conflict: Sequence[str], update: Sequence[str] | None = None
) -> None:
    """Insert rows or overwrite ``update`` (default: all but ``conflict``) where the ``conflict`` columns are taken.

    Keys must be unique within ``rows``.
    """
    if not rows:
        return
    named = [name for name in rows[0] if name not in conflict] if update is None else update
    columns = [_column(model, name) for name in named]
    moves = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in columns)
    action = "ON CONFLICT ({target}) DO UPDATE SET " + moves
    _insert(model, rows, action=action, conflict=conflict, returning=())


def accumulate(
    model: type[models.Model],
    rows: Sequence[Row],
    *,
    conflict: Sequence[str],
    add: Sequence[str],
    update: Sequence[str] = (),
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Insert rows or add the ``add`` columns to the row that is there; ``update`` columns are overwritten.

    Keys must be unique within ``rows``. The addition happens in the database, so two writers never lose one another's.
    """
    if not rows:
        return []
    table = model._meta.db_table
    sums = [f'"{name}" = "{table}"."{name}" + EXCLUDED."{name}"' for name in (_column(model, key) for key in add)]
    moves = [f'"{name}" = EXCLUDED."{name}"' for name in (_column(model, key) for key in update)]
    action = "ON CONFLICT ({target}) DO UPDATE SET " + ", ".join(sums + moves)
    return _insert(model, rows, action=action, conflict=conflict, returning=returning)


def update_rows(model: type[models.Model], rows: Sequence[Row], *, key: str = "id") -> int:
    """Set the given columns of existing rows, found by ``key``, in one statement; return how many were found."""
    if not rows:
        return 0
    connection = connections[router.db_for_write(model)]
    names = list(rows[0])
    selected, params = _source(connection, model, names, rows)
    table = model._meta.db_table
    moves = ", ".join(f'"{_column(model, name)}" = fresh."{_column(model, name)}"' for name in names if name != key)
    where = f'"{table}"."{_column(model, key)}" = fresh."{_column(model, key)}"'
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET {moves} FROM ({selected}) AS fresh WHERE {where}', params)  # noqa: S608
        return int(cursor.rowcount)


def copies(model: type[models.Model]) -> bool:
    """Say whether the model's database takes COPY (PostgreSQL)."""
    return connections[router.db_for_write(model)].vendor == "postgresql"


def copy_binary(model: type[models.Model], names: Sequence[str], body: bytes | memoryview) -> None:
    """Send ready-made binary COPY tuples (without header and trailer) into a table; PostgreSQL only.

    A taken key raises IntegrityError and leaves nothing: call it inside a savepoint.
    """
    columns = ", ".join(f'"{_column(model, name)}"' for name in names)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN (FORMAT BINARY)'
    connection = connections[router.db_for_write(model)]
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(COPY_HEADER)
        copy.write(body)
        copy.write(COPY_TRAILER)


COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # signature, no flags, no extension
COPY_TRAILER = b"\xff\xff"


def read_binary(sql: str, params: Sequence[Any] = (), *, using: str = "default") -> bytes:
    """Return the raw bytes of ``COPY (sql) TO STDOUT (FORMAT BINARY)``; PostgreSQL only."""
    buffer = io.BytesIO()
    statement = f"COPY ({sql}) TO STDOUT (FORMAT BINARY)"
    connection = connections[using]
    with connection.wrap_database_errors, connection.cursor() as cursor:
        driver = cursor.cursor  # Django's logging cursor (DEBUG) takes no parameters to COPY
        with driver.copy(statement, params) as copy:
            for block in copy:
                buffer.write(block)
    return buffer.getvalue()


def _insert(
    model: type[models.Model],
    rows: Sequence[Row],
    *,
    action: str,
    conflict: Sequence[str],
    returning: Sequence[str],
    sorted_by: str | None = None,
) -> list[tuple[Any, ...]]:
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    names = list(rows[0])
    selected, params = _source(connection, model, names, rows)
    columns = ", ".join(f'"{_column(model, name)}"' for name in names)
    if sorted_by is not None and connection.vendor == "postgresql":  # SQLite has one writer: nothing can deadlock
        numbered = f"SELECT nextval(pg_get_serial_sequence('\"{table}\"', 'id')) AS id, given.*"  # noqa: S608
        selected = f"SELECT * FROM ({numbered} {selected.removeprefix('SELECT * ')} OFFSET 0) AS numbered"
        selected += f' ORDER BY "{_column(model, sorted_by)}"'
        columns = f"id, {columns}"
    target = ", ".join(f'"{_column(model, name)}"' for name in conflict)
    sql = f'INSERT INTO "{table}" ({columns}) {selected} {action.replace("{target}", target)}'  # noqa: S608
    if returning:
        sql += " RETURNING " + ", ".join(f'"{table}"."{_column(model, name)}"' for name in returning)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [tuple(row) for row in cursor.fetchall()] if returning else []


def _source(
    connection: Any, model: type[models.Model], names: Sequence[str], rows: Sequence[Row]
) -> tuple[str, list[Any]]:
    """Return a SELECT that yields ``rows`` in their order, and its parameters."""
    fields = [_field(model, name) for name in names]
    columns = [f'"{_column(model, name)}"' for name in names]
    if connection.vendor == "postgresql":
        casts = ", ".join(f"%s{_array_cast(field, connection)}" for field in fields)
        values: list[Any] = [
            _array([_ready(field, row[name], connection) for row in rows])
            for field, name in zip(fields, names, strict=True)
        ]
        return f"SELECT * FROM unnest({casts}) AS given ({', '.join(columns)})", values
    picks = ", ".join(f"json_extract(value, '$[{index}]') AS {column}" for index, column in enumerate(columns))
    packed = [[_ready(field, row[name], connection) for field, name in zip(fields, names, strict=True)] for row in rows]
    # WHERE true: without it SQLite reads ON CONFLICT as a join's ON
    return f"SELECT {picks} FROM json_each(%s) WHERE true", [json.dumps(packed)]  # noqa: S608


def _array(values: list[Any]) -> Any:
    """Return ``values`` as PostgreSQL writes an array; the driver's own way looks at each text with an expression."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= _NUMBERS:
        return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"
    if kinds <= _TEXTS:
        quoted = [
            "NULL" if value is None else '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
            for value in values
        ]
        return "{" + ",".join(quoted) + "}"
    return values


def _array_cast(field: "Field[Any, Any]", connection: Any) -> str:
    if isinstance(field, models.JSONField):
        return "::text[]::jsonb[]"
    return f"::{field.rel_db_type(connection)}[]"


def _ready(field: "Field[Any, Any]", value: Any, connection: Any) -> Any:
    """Return ``value`` as the driver (or JSON) takes it for ``field``."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.dumps(value, cls=field.encoder)
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(field, models.FloatField):
        return float(value)  # psycopg refuses lists that mix int and float
    if type(value) in _PLAIN or connection.vendor == "postgresql":
        return value
    prepared = field.get_db_prep_save(value, connection)
    return prepared if isinstance(prepared, str | int | float) else str(prepared)


_PLAIN = frozenset({int, str, bool, float})  # the same for both drivers and for JSON
_NUMBERS = frozenset({int, bool, float, Decimal})
_TEXTS = frozenset({str, UUID, date, datetime})


def _field(model: type[models.Model], name: str) -> "Field[Any, Any]":
    field: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]
