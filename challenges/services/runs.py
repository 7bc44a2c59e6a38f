"""The queue of a generation: a run with its chunks, which any number of workers share."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F, Max, Min, Q, Window
from django.db.models.functions import Mod, RowNumber

from challenges.models import GenerationChunk, GenerationRun, RunState
from challenges.rules import Rules
from challenges.selectors.due import scope_of
from learners.api import ONLINE_ESTIMATE, LearnerProfile
from learners.common import bulk

CELLS_PER_CHUNK = 200_000  # learners × topics: a few tens of megabytes of arrays
MOST_LEARNERS_PER_CHUNK = 10_000  # written in about a third of a second: a page may wait for a chunk
MOST_LEARNERS_PORTABLE = 1_000  # SQLite has one writer: requests wait for each transaction
MOST_LEARNERS_REGENERATED = 1_000  # their rows are locked, and their answers wait
_ERROR_LENGTH = 300
_NUMBERS = ("learners", "ml_generated", "fallback_generated", "kept", "errors")


def open_run(
    *, day: date, zones: Sequence[str], force: bool, rules: Rules, now: datetime, learners_per_chunk: int | None = None
) -> GenerationRun:
    """Return the unfinished run of the same day and scope, or a new one with its chunks laid out.

    Two callers at once get the same.
    """
    scope = (sorted(zones), force)
    while True:
        of_day = GenerationRun.objects.filter(local_date=day)
        # counted before the look: a run that appears in between takes this number, and the insert finds it taken
        attempt = (of_day.aggregate(last=Max("attempt"))["last"] or 0) + 1
        for run in of_day.filter(state=RunState.RUNNING).order_by("-attempt"):
            if (sorted(run.zones), run.regenerates) == scope:
                return run
        with transaction.atomic():
            if _insert_run(day, attempt, zones=scope[0], force=force, now=now):
                run = GenerationRun.objects.get(local_date=day, attempt=attempt)
                size = learners_per_chunk or _chunk_size(rules, force)
                _lay_out(run, scope_of(run, inactivity_days=rules.inactivity_days, now=now), size)
                return run


def _insert_run(day: date, attempt: int, *, zones: list[str], force: bool, now: datetime) -> bool:
    """Add the run unless somebody else has just added one; a second caller waits for the first one's commit."""
    row: dict[str, Any] = dict.fromkeys((*_NUMBERS, "statements"), 0)
    row |= {"local_date": day, "attempt": attempt, "state": RunState.RUNNING.value, "started_at": now}
    row |= {"zones": zones, "regenerates": force, "seconds": 0.0, "model_version": ONLINE_ESTIMATE}
    return bool(bulk.insert_new(GenerationRun, [row], conflict=["local_date", "attempt"]))


def _chunk_size(rules: Rules, force: bool) -> int:
    most = MOST_LEARNERS_PER_CHUNK if bulk.copies(GenerationRun) else MOST_LEARNERS_PORTABLE
    most = min(most, MOST_LEARNERS_REGENERATED) if force else most
    return min(most, max(CELLS_PER_CHUNK // max(rules.n_categories, 1), 1))


def _lay_out(run: GenerationRun, scope: Q, size: int) -> None:
    """Divide the learners in id order into chunks of ``size``: three statements for any number."""
    learners = LearnerProfile.objects.filter(scope)
    ends = learners.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["last"] is None:
        return
    numbered = learners.annotate(rest=Mod(Window(RowNumber(), order_by=F("pk").asc()), size))
    lasts = sorted({*numbered.filter(rest=0).values_list("pk", flat=True), ends["last"]})
    firsts = [ends["first"], *(last + 1 for last in lasts[:-1])]
    rows = [
        {"run_id": run.pk, "first_id": first, "last_id": last, "error": "", **dict.fromkeys(_NUMBERS, 0)}
        for first, last in zip(firsts, lasts, strict=True)
    ]
    bulk.insert_new(GenerationChunk, rows, conflict=["run_id", "first_id"])


def take(run_id: int) -> GenerationChunk | None:
    """Lock and return a chunk that nobody works on; call it inside the transaction that does the work.

    A killed worker's lock ends with its connection, so its chunk is taken over without waiting for anything.
    """
    waiting = GenerationChunk.objects.filter(run_id=run_id, done_at__isnull=True).order_by("first_id")
    if connections[router.db_for_write(GenerationChunk)].features.has_select_for_update_skip_locked:
        return waiting.select_for_update(skip_locked=True, of=("self",)).select_related("run").first()
    GenerationRun.objects.filter(pk=run_id).update(state=F("state"))  # SQLite has one writer: become it before reading
    return waiting.select_related("run").first()


def close(chunk: GenerationChunk, numbers: dict[str, int], errors: list[str], *, now: datetime) -> None:
    """Note what was done in the chunk, on it and on its run."""
    GenerationChunk.objects.filter(pk=chunk.pk).update(
        done_at=now, error="; ".join(errors)[:_ERROR_LENGTH], errors=len(errors), **numbers
    )
    sums = {name: F(name) + number for name, number in {**numbers, "errors": len(errors)}.items()}
    GenerationRun.objects.filter(pk=chunk.run_id).update(**sums)


def finish(run_id: int, now: datetime, *, seconds: float, statements: int) -> tuple[GenerationRun, bool]:
    """Add a worker's share to the run, which is done when none of its chunks waits or is worked on.

    Return the run, and whether it is this that finished it.
    """
    with transaction.atomic():
        run = GenerationRun.objects.select_for_update().get(pk=run_id)
        run.seconds += seconds
        run.statements += statements
        finished = run.state == RunState.RUNNING and not run.chunks.filter(done_at__isnull=True).exists()
        if finished:
            run.state, run.finished_at = RunState.DONE, now
        run.save(update_fields=["seconds", "statements", "state", "finished_at"])
    return run, finished


def stop_passed(*, today: Sequence[date], now: datetime) -> int:
    """Close the runs whose day has passed everywhere: a day is never generated late."""
    unfinished = GenerationRun.objects.filter(state=RunState.RUNNING, local_date__lt=min(today))
    return unfinished.update(state=RunState.STOPPED, finished_at=now)
