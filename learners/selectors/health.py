"""Whether this process can serve: database, cache, and a schema that fits the code."""

import secrets
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

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
    try:
        applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    except (DatabaseError, InterfaceError):
        return None
    there = set(applied)
    return all(key in there or (replaced and replaced <= there) for key, replaced in _on_disk().items())


@lru_cache(maxsize=1)
def _on_disk() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Return every migration of the code and what it replaces; read once, for a probe comes every few seconds."""
    loader = MigrationLoader(None)
    return {key: set(migration.replaces) for key, migration in loader.disk_migrations.items()}


def _cache_keeps() -> bool:
    """Say whether the cache gives back what it got; any backend's error means that it does not."""
    key, value = "gam:learners:readiness", secrets.token_hex(8)
    try:
        cache.set(key, value, CACHE_SECONDS)
        return cache.get(key) is not None  # another process may have written in between
    except Exception:  # noqa: BLE001 - each backend has errors of its own
        return False
