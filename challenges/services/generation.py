"""A day's challenges for everyone who has been active lately: in chunks, resumable, each learner's slot once."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connections,
    router,
    transaction,
)
from django.db.models import Q
from numpy.typing import NDArray

from challenges.choice import choose
from challenges.models import Challenge, GenerationChunk, GenerationRun, RunState
from challenges.rules import Rules
from challenges.selectors.recent import recent_of
from challenges.selectors.rules import rules_in_force
from challenges.services.writing import Made, write
from learners.api import ONLINE_ESTIMATE, SkillMatrix, category_logits, day_start, skill_chunk
from learners.common import bulk

CELLS_PER_CHUNK = 200_000  # learners × topics: a few tens of megabytes of arrays
MOST_LEARNERS_PER_CHUNK = 10_000  # written in about a third of a second: a page may wait for a chunk
MOST_LEARNERS_PORTABLE = 1_000  # SQLite has one writer: requests wait for each transaction
COPIES_PER_CHUNK = 5  # four reads and a write that go past Django's cursors
MOST_FAULTY = 8  # learners in a chunk; then whatever part of it fails is left out whole
_ERROR_LENGTH = 300
_FAULTS = (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationReport:
    """What a run did; ``generated`` counts challenges, ``learners`` people."""

    generated: int
    ml_generated: int
    fallback_generated: int
    errors: int
    target_date: str
    learners: int
    kept: int
    seconds: float
    statements: int


def generate_for_day(
    *, day: date, now: datetime, among: Q | None = None, learners_per_chunk: int | None = None
) -> GenerationReport:
    """Make the challenges of local date ``day`` for all learners active lately, whatever their own date is now.

    A run that was stopped goes on where it stood; a repeated run makes nothing. Two runs at once share the work.

    :param among: a condition on the learner, to serve only some.
    """
    begun = time.perf_counter()
    count = _StatementCount()
    with connections[router.db_for_write(Challenge)].execute_wrapper(count):
        run = _open_run(day, now)
        rules = rules_in_force()
        logits = category_logits(rules.category_ids.tolist())
        size = learners_per_chunk or _chunk_size(rules)
        plan = _Plan(rules=rules, logits=logits, size=size, among=among, now=now)
        while _one_chunk(run.pk, plan, count):
            continue
    run = _finish(run.pk, now, seconds=time.perf_counter() - begun, statements=count.total)
    return report_of(run)


def report_of(run: GenerationRun) -> GenerationReport:
    """Return the numbers of a run under the names that callers know."""
    return GenerationReport(
        generated=run.generated,
        ml_generated=run.ml_generated,
        fallback_generated=run.fallback_generated,
        errors=run.errors,
        target_date=run.local_date.isoformat(),
        learners=run.learners,
        kept=run.kept,
        seconds=round(run.seconds, 3),
        statements=run.statements,
    )


def _open_run(day: date, now: datetime) -> GenerationRun:
    """Return the day's unfinished run, or a new one; two callers at once get the same."""
    last = GenerationRun.objects.filter(local_date=day).order_by("-attempt").first()
    if last is not None and last.state == RunState.RUNNING:
        return last
    attempt = last.attempt + 1 if last else 1
    blank = dict.fromkeys(("last_id", "learners", "ml_generated", "fallback_generated", "kept", "errors"), 0)
    row = {"local_date": day, "attempt": attempt, "state": RunState.RUNNING.value, "started_at": now, **blank}
    row |= {"statements": 0, "seconds": 0.0, "model_version": ONLINE_ESTIMATE}
    bulk.insert_new(GenerationRun, [row], conflict=["local_date", "attempt"])
    return GenerationRun.objects.get(local_date=day, attempt=attempt)


def _chunk_size(rules: Rules) -> int:
    most = MOST_LEARNERS_PER_CHUNK if bulk.copies(Challenge) else MOST_LEARNERS_PORTABLE
    return min(most, max(CELLS_PER_CHUNK // max(rules.n_categories, 1), 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What all chunks of a run share."""

    rules: Rules
    logits: NDArray[np.float64]
    size: int
    among: Q | None
    now: datetime


def _one_chunk(run_id: int, plan: _Plan, count: "_StatementCount") -> bool:
    """Serve the next learners and move the run past them, all in one transaction; say whether there were any.

    The run's row is locked, so that a second process takes the learners after these.
    """
    rules = plan.rules
    with transaction.atomic():
        run = GenerationRun.objects.select_for_update().get(pk=run_id)
        if run.state == RunState.DONE:
            return False
        skills = skill_chunk(
            category_ids=rules.category_ids,
            logits=plan.logits,
            after_id=run.last_id,
            size=plan.size,
            active_since=day_start(run.local_date) - timedelta(days=rules.inactivity_days),
            day=run.local_date,
            among=plan.among,
        )
        if not len(skills):
            return False
        count.copied(COPIES_PER_CHUNK)
        errors: list[str] = []
        made = _serve(skills, rules, run.local_date, plan.now, errors)
        _move_on(run, skills, made, errors, plan.now)
    return True


def _serve(skills: SkillMatrix, rules: Rules, day: date, now: datetime, errors: list[str]) -> Made:
    """Choose for these learners and write; a learner for whom it fails is found by halving and left out."""
    try:
        recent = recent_of(skills.learner_ids, rules, day=day, exactly=False)
        drafts = choose(skills, recent, rules, day=day, model_version=ONLINE_ESTIMATE)
        return write(drafts, recent, rules, day=day, model_version=ONLINE_ESTIMATE, now=now, bulky=True)
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy: the run stops here and goes on later
    except _FAULTS as error:
        if len(skills) == 1 or len(errors) >= MOST_FAULTY:
            line = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
            errors += [f"#{learner_id} {line}" for learner_id in skills.learner_ids.tolist()]
            return Made()
    middle = len(skills) // 2
    first = _serve(skills.part(slice(None, middle)), rules, day, now, errors)
    return first + _serve(skills.part(slice(middle, None)), rules, day, now, errors)


def _move_on(run: GenerationRun, skills: SkillMatrix, made: Made, errors: list[str], now: datetime) -> None:
    numbers = {
        "learners": len(skills),
        "ml_generated": made.ml,
        "fallback_generated": made.by_rules,
        "kept": made.kept,
        "errors": len(errors),
    }
    GenerationChunk.objects.create(
        run=run,
        first_id=int(skills.learner_ids[0]),
        last_id=int(skills.learner_ids[-1]),
        error="; ".join(errors)[:_ERROR_LENGTH],
        done_at=now,
        **numbers,
    )
    run.last_id = int(skills.learner_ids[-1])
    for name, number in numbers.items():
        setattr(run, name, getattr(run, name) + number)
    run.save(update_fields=["last_id", *numbers])


def _finish(run_id: int, now: datetime, *, seconds: float, statements: int) -> GenerationRun:
    with transaction.atomic():
        run = GenerationRun.objects.select_for_update().get(pk=run_id)
        run.seconds += seconds
        run.statements += statements
        if run.state == RunState.RUNNING:
            run.state, run.finished_at = RunState.DONE, now
        run.save(update_fields=["seconds", "statements", "state", "finished_at"])
    return run


class _StatementCount:
    """Counts what Django's cursors execute, and COPY, which goes past them."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.total += 1
        return execute(sql, params, many, context)

    def copied(self, number: int) -> None:
        if bulk.copies(Challenge):
            self.total += number
