"""Whether this process can serve: database, cache, and a schema that fits the code."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor

CACHE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found; ``migrations`` is False as well where the database could not be asked."""

    database: bool
    cache: bool
    migrations: bool

    @property
    def ready(self) -> bool:
        return self.database and self.cache and self.migrations


def readiness() -> Readiness:
    """Look at everything that a request needs."""
    migrated = _migrated()
    return Readiness(database=migrated is not None, cache=_cache_keeps(), migrations=bool(migrated))


def _migrated() -> bool | None:
    """Say whether all migrations are applied, or None if the database does not answer."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return None


def _cache_keeps() -> bool:
    """Say whether the cache gives back what it got; any backend's error means that it does not."""
    key, value = "gam:learners:readiness", secrets.token_hex(8)
    try:
        cache.set(key, value, CACHE_SECONDS)
        return cache.get(key) is not None  # another process may have written in between
    except Exception:  # noqa: BLE001 - each backend has errors of its own
        return False
