"""Running a function in several processes at the same moment, each with its own database connection."""

import multiprocessing
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connections

_FORK = multiprocessing.get_context("fork")


def at_once(work: Callable[[int], Any], *, processes: int, seconds: float = 120) -> list[Any]:
    """Run ``work(number)`` in ``processes`` forked processes that start together; return what each returned.

    :raises AssertionError: if one of them raises or does not finish in time.
    """
    connections.close_all()  # a connection must not be shared across a fork
    barrier, answers = _FORK.Barrier(processes), _FORK.Queue()
    running = [_FORK.Process(target=_run, args=(work, number, barrier, answers)) for number in range(processes)]
    for process in running:
        process.start()
    try:
        heard = [answers.get(timeout=seconds) for _ in running]
    finally:
        for process in running:
            process.join(timeout=10)
            if process.is_alive():
                process.kill()
    failures = [trouble for _number, _answer, trouble in heard if trouble]
    assert not failures, "\n".join(failures[:3])
    return [answer for _number, answer, _trouble in sorted(heard, key=lambda one: one[0])]


def _run(work: Callable[[int], Any], number: int, barrier: Any, answers: Any) -> None:
    try:
        barrier.wait(timeout=30)
        answers.put((number, work(number), ""))
    except BaseException:  # noqa: BLE001 - the parent shows it
        answers.put((number, None, traceback.format_exc()))
    finally:
        connections.close_all()
