"""A database of one's own for a benchmark: made before, dropped after, whatever happens between."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import django


@contextmanager
def own_database() -> Iterator[str]:
    """Set Django up on a new empty database (PostgreSQL where DATABASE_URL names a server, else SQLite); migrated.

    Yield the vendor's name.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "gamification_site.settings.test"
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith(("postgres", "pgsql")):
        with _own_postgresql(server):
            yield "postgresql"
    else:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            _set_up()
            yield "sqlite"
            _close()


@contextmanager
def _own_postgresql(server: str) -> Iterator[None]:
    import psycopg
    from psycopg import sql

    name = f"bench_{uuid4().hex[:12]}"
    base, _, query = server.partition("?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        os.environ["DATABASE_URL"] = f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
        try:
            _set_up()
            yield
        finally:
            _close()
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _set_up() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _close() -> None:
    from django.db import connections

    connections.close_all()
