"""Whole columns of a query as numpy arrays, for code that reads hundreds of thousands of rows."""

import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import QuerySet
from numpy.typing import NDArray

from learners.common.bulk import COPY_HEADER, read_binary

_MICROSECONDS = 1_000_000
_PG_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).timestamp()  # PostgreSQL counts microseconds from here
_DTYPES = {"int8": ">i8", "int4": ">i4", "int2": ">i2", "float8": ">f8", "bool": ">i1", "timestamptz": ">i8"}
_EMPTY = {"int8": 0, "int4": 0, "int2": 0, "float8": 0.0, "bool": False}


def columns_of(rows: QuerySet[Any, Any], kinds: Sequence[str]) -> list[NDArray[Any]]:
    """Return each column of a ``values_list`` as an array in native byte order; one statement.

    PostgreSQL sends each column as one string of binary values: no Python object is made per row. NULL becomes 0 and
    −inf for instants, which are returned as seconds since 1970.

    :param kinds: per column int2, int4, int8, float8, bool or timestamptz.
    """
    connection = connections[router.db_for_read(rows.model)]
    if connection.vendor != "postgresql":
        return _portable(rows, kinds)
    try:
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return _portable([], kinds)
    names = [f"c{i}" for i in range(len(kinds))]
    sends = ", ".join(f"string_agg({_send(name, kind)}, '')" for name, kind in zip(names, kinds, strict=True))
    query = f"SELECT {sends} FROM ({sql}) AS t ({', '.join(names)})"  # noqa: S608
    body = read_binary(query, params, using=connection.alias)
    return [_native(part, kind) for part, kind in zip(_tuple_of(body), kinds, strict=True)]


def _tuple_of(body: bytes) -> list[bytes]:
    """Return the fields of the one row in a binary COPY; NULL is empty."""
    (count,) = struct.unpack_from(">h", body, len(COPY_HEADER))
    start = len(COPY_HEADER) + 2
    parts = []
    for _ in range(count):
        (length,) = struct.unpack_from(">i", body, start)
        start += 4
        parts.append(body[start : start + max(length, 0)])
        start += max(length, 0)
    return parts


def _send(name: str, kind: str) -> str:
    if kind == "timestamptz":
        return f"timestamptz_send(COALESCE({name}, '-infinity'))"
    return f"{kind}send(COALESCE({name}, {_SQL_EMPTY[kind]})::{kind})"


_SQL_EMPTY = {"int8": "0", "int4": "0", "int2": "0", "float8": "0", "bool": "false"}


def _native(body: bytes, kind: str) -> NDArray[Any]:
    if kind == "timestamptz":
        raw = np.frombuffer(body, dtype=">i8")
        seconds = raw.astype(float) / _MICROSECONDS + _PG_EPOCH
        return np.where(raw == np.iinfo(np.int64).min, -np.inf, seconds)
    raw = np.frombuffer(body, dtype=_DTYPES.get(kind, ">i1"))
    return raw.astype(np.float64 if kind == "float8" else np.int64)


def _portable(rows: Iterable[Sequence[Any]], kinds: Sequence[str]) -> list[NDArray[Any]]:
    table = list(rows)
    columns = list(zip(*table, strict=True)) if table else [()] * len(kinds)
    return [_column(values, kind) for values, kind in zip(columns, kinds, strict=True)]


def _column(values: Sequence[Any], kind: str) -> NDArray[Any]:
    if kind == "timestamptz":
        return np.array([-np.inf if value is None else value.timestamp() for value in values], dtype=float)
    filled = [_EMPTY[kind] if value is None else value for value in values]
    return np.array(filled, dtype=np.float64 if kind == "float8" else np.int64)
