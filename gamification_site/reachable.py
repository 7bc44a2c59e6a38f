"""Ask PostgreSQL, Redis and the broker whether they answer, and say in one sentence what is wrong."""

from typing import Any
from urllib.parse import urlsplit

SECONDS_TO_WAIT = 5


def postgresql_problem(url: str) -> str:
    """Return why the database at ``url`` cannot be used, or an empty string."""
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=SECONDS_TO_WAIT).close()
    except psycopg.Error as error:
        return f"PostgreSQL at {_place(url)} does not answer: {_reason(error)}"
    return ""


def redis_problem(url: str) -> str:
    """Return why the Redis at ``url`` cannot be used, or an empty string."""
    import redis

    client = redis.Redis.from_url(url, socket_connect_timeout=SECONDS_TO_WAIT)
    try:
        client.ping()
    except redis.RedisError as error:
        return f"Redis at {_place(url)} does not answer: {_reason(error)}"
    finally:
        client.close()
    return ""


def broker_problem(url: str) -> str:
    """Return why the broker at ``url`` cannot be used, or an empty string."""
    from kombu.connection import Connection
    from kombu.exceptions import KombuError

    connection: Any = Connection(url, connect_timeout=SECONDS_TO_WAIT)  # type: ignore[no-untyped-call]
    refusals = (*connection.connection_errors, *connection.channel_errors)  # the transport's own, e.g. a wrong password
    try:
        connection.ensure_connection(max_retries=1, timeout=SECONDS_TO_WAIT)
    except (OSError, KombuError) as error:
        return f"The broker at {_place(url)} does not answer: {_reason(error)}"
    except refusals as error:
        return f"The broker at {_place(url)} refuses the log-in: {_reason(error)}"
    finally:
        connection.release()
    return ""


def _place(url: str) -> str:
    """Return the host and port of ``url`` without its password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname or parts.path)


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") + "." if lines else f"{type(error).__name__}."
