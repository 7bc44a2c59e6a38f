"""Several processes at one run."""

import multiprocessing
from datetime import date, datetime

from django.db import connections, router

from challenges.models import GenerationRun
from challenges.selectors.rules import rules_in_force
from challenges.services import runs
from challenges.services.generation import GenerationReport, work_on


def generate_with_workers(*, day: date, now: datetime, workers: int, force: bool = False) -> GenerationReport:
    """Generate ``day`` with ``workers`` processes, this one among them.

    Where the database has one writer (SQLite) or the system cannot fork, this process works alone. What a worker that
    died has left is done here before the report.
    """
    run = runs.open_run(day=day, zones=(), force=force, rules=rules_in_force(), now=now)
    helpers = _start(run.pk, now, workers - 1)
    report = work_on(run_id=run.pk, now=now)
    for helper in helpers:
        helper.join()
    return work_on(run_id=run.pk, now=now) if helpers else report


def _start(run_id: int, now: datetime, number: int) -> list[multiprocessing.process.BaseProcess]:
    features = connections[router.db_for_write(GenerationRun)].features
    if number < 1 or not features.has_select_for_update_skip_locked:
        return []
    if "fork" not in multiprocessing.get_all_start_methods():
        return []
    _let_go()
    context = multiprocessing.get_context("fork")
    helpers: list[multiprocessing.process.BaseProcess] = [
        context.Process(target=_help, args=(run_id, now)) for _ in range(number)
    ]
    for helper in helpers:
        helper.start()
    return helpers


def _let_go() -> None:
    """Close what must not be shared across a fork: connections, and the pool that keeps them."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _help(run_id: int, now: datetime) -> None:
    try:
        work_on(run_id=run_id, now=now)
    finally:
        connections.close_all()
