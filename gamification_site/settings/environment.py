"""Read the environment; every wrong value is answered by one sentence that names the variable."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

SQLITE_SECONDS_TO_WAIT = 20
POOL_SECONDS_TO_WAIT = 10
DEFAULT_POOL_SIZE = 8  # the threads of one gunicorn worker
HIGHEST_PORT = 65_535

_DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
_REDIS_SCHEMES = ("redis", "rediss", "unix")
_BROKER_SCHEMES = ("amqp", "amqps", "redis", "rediss", "memory")


def database(name: str, *, default: str, pool_size: int) -> dict[str, Any]:
    """Return the DATABASES entry of the URL in ``name``.

    SQLite gets write-ahead logging and IMMEDIATE transactions: with Django's DEFERRED ones eight writers end in
    "database is locked". PostgreSQL gets psycopg's pool unless ``pool_size`` is 0, as forked workers need.
    """
    url = text(name) or default
    scheme = url.partition(":")[0]
    if scheme not in _DATABASE_SCHEMES:
        raise ImproperlyConfigured(
            f"{name} must look like sqlite:///file.sqlite3 or postgres://user:password@host:5432/name."
        )
    if scheme == "sqlite":
        return _sqlite(url)
    _split(name, url)
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if not config.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database: write postgres://user:password@host:5432/name.")
    config["CONN_MAX_AGE"] = 0
    if pool_size > 0:
        pool = {"min_size": 1, "max_size": pool_size, "timeout": POOL_SECONDS_TO_WAIT}
        config.setdefault("OPTIONS", {})["pool"] = pool
    return config


def redis_url(name: str) -> str:
    """Return the Redis URL in ``name``, or an empty string when it is not set."""
    return _service_url(name, _REDIS_SCHEMES, "redis://127.0.0.1:6379/0")


def broker_url(name: str) -> str:
    """Return the broker URL in ``name``, or an empty string when it is not set."""
    return _service_url(name, _BROKER_SCHEMES, "amqp://guest:guest@127.0.0.1:5672// or redis://127.0.0.1:6379/1")


def port(name: str, *, default: int) -> int:
    """Return the number of the TCP port in ``name``."""
    number = whole_number(name, default=default, at_least=1)
    if number > HIGHEST_PORT:
        raise ImproperlyConfigured(f"{name} must be a port from 1 to {HIGHEST_PORT}, not {number}.")
    return number


def whole_number(name: str, *, default: int, at_least: int = 0) -> int:
    """Return the whole number in ``name``."""
    given = text(name) or str(default)
    if not given.isdecimal() or int(given) < at_least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {at_least}, not {given!r}.")
    return int(given)


def switch(name: str, *, default: bool) -> bool:
    """Return whether ``name`` is on: true, yes, on and 1, or false, no, off and 0."""
    given = (text(name) or str(default)).strip().lower()
    if given in {"true", "yes", "on", "1"}:
        return True
    if given in {"false", "no", "off", "0"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {given!r}.")


def text(name: str, *, default: str = "") -> str:
    """Return the text in ``name``; an empty variable counts as absent."""
    return str(env.str(name, default="")) or default


def names(name: str, *, default: list[str]) -> list[str]:
    """Return the comma-separated names in ``name``."""
    given = text(name) or ",".join(default)
    return [part.strip() for part in given.split(",") if part.strip()]


def required(name: str, *, reason: str) -> str:
    """Return the text in ``name``.

    :raises ImproperlyConfigured: if it is missing or empty.
    """
    given = text(name)
    if not given:
        raise ImproperlyConfigured(f"{name} is not set: {reason}")
    return given


def _service_url(name: str, schemes: tuple[str, ...], example: str) -> str:
    url = text(name)
    if url and url.partition(":")[0] not in schemes:
        raise ImproperlyConfigured(f"{name} must look like {example}.")
    if url:
        _refuse_redis_name(name, _split(name, url))
    return url


def _refuse_redis_name(name: str, parts: SplitResult) -> None:
    """Refuse a database that is no number: redis-py would use database 0 without a word."""
    database = parts.path.strip("/")
    if parts.scheme in {"redis", "rediss"} and database and not database.isdecimal():
        raise ImproperlyConfigured(f"{name} must end in a database's number such as /0, not /{database}.")


def _split(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a URL that can be read: {error}.") from None
    if not parts.hostname and parts.scheme not in {"unix", "memory"}:
        raise ImproperlyConfigured(f"{name} names no host: {parts.scheme}://host:port/… is needed.")
    return parts


def _sqlite(url: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environ.Env.db_url_config(url)["NAME"],
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_SECONDS_TO_WAIT,
        },
    }
