"""What every test shares: marks by what a test touches, and append-only tables that can be emptied afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase

from learners.common import append_only

KINDS = ("unit", "integration", "performance")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that does not say its kind, and skip service tests where the services are not given."""
    without_services = pytest.mark.skip(reason="needs PostgreSQL, Redis and RabbitMQ: run make test-services")
    for item in items:
        if not any(item.get_closest_marker(kind) for kind in KINDS):
            item.add_marker("integration" if _uses_database(item) else "unit")
        if item.get_closest_marker("services") and connections["default"].vendor != "postgresql":
            item.add_marker(without_services)


def _uses_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    owner = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or "db" in fixtures
        or "transactional_db" in fixtures
        or (owner is not None and issubclass(owner, TransactionTestCase))
    )


@pytest.fixture(autouse=True, scope="session")
def _emptying_lifts_append_only_triggers() -> Iterator[None]:
    """Wrap the clean-up of transactional tests: it deletes or truncates, which the triggers refuse.

    A fixture of each test would run too late, after the clean-up has failed.
    """
    original: Any = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        with append_only.lifted():
            original(case)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]
