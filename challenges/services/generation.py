"""A day's challenges for everyone who has been active lately: in chunks, resumable, each learner's slot once."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import DatabaseError, InterfaceError, OperationalError, connections, router, transaction
from django.db.models import Q
from numpy.typing import NDArray

from challenges.choice import choose
from challenges.models import Challenge, GenerationRun
from challenges.rules import Rules
from challenges.selectors.due import scope_of, untouched
from challenges.selectors.recent import recent_of
from challenges.selectors.rules import rules_in_force
from challenges.services import runs
from challenges.services.writing import Made, write
from learners.api import ONLINE_ESTIMATE, SkillMatrix, category_logits, day_start, lock_learners, skill_chunk
from learners.common import bulk

COPIES_PER_CHUNK = 5  # four reads and a write that go past Django's cursors
MOST_FAULTY = 8  # learners in a chunk; then whatever part of it fails is left out whole
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
    *,
    day: date,
    now: datetime,
    zones: Sequence[str] = (),
    force: bool = False,
    learners_per_chunk: int | None = None,
) -> GenerationReport:
    """Make the challenges of local date ``day`` for all learners active lately, whatever their own date is now.

    A run that was stopped goes on where it stood; a repeated run makes nothing. Two callers at once share the work, and
    each returns when nothing is left for it.

    :param zones: serve only learners who live there and have no challenge of the day.
    :param force: choose open challenges that nobody has begun again.
    """
    run = runs.open_run(
        day=day, zones=zones, force=force, rules=rules_in_force(), now=now, learners_per_chunk=learners_per_chunk
    )
    return work_on(run_id=run.pk, now=now)


def work_on(*, run_id: int, now: datetime) -> GenerationReport:
    """Work on the run's chunks that nobody else works on, until there are none."""
    return share(run_id=run_id, now=now)[0]


def share(*, run_id: int, now: datetime, most_chunks: int | None = None) -> tuple[GenerationReport, bool]:
    """Work on chunks that nobody else works on; return the run's report and whether this worker finished it."""
    begun, done = time.perf_counter(), 0
    count = _StatementCount()
    with connections[router.db_for_write(Challenge)].execute_wrapper(count):
        rules = rules_in_force()
        plan = _Plan(rules=rules, logits=category_logits(rules.category_ids.tolist()), now=now)
        while done != most_chunks and _one_chunk(run_id, plan, count):
            done += 1
    run, finished = runs.finish(run_id, now, seconds=time.perf_counter() - begun, statements=count.total)
    return report_of(run), finished


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What all chunks of a run share."""

    rules: Rules
    logits: NDArray[np.float64]
    now: datetime


def _one_chunk(run_id: int, plan: _Plan, count: "_StatementCount") -> bool:
    """Serve the learners of a free chunk, all in one transaction; say whether there was one."""
    with transaction.atomic():
        chunk = runs.take(run_id)
        if chunk is None:
            return False
        day = chunk.run.local_date
        skills = skill_chunk(
            category_ids=plan.rules.category_ids,
            logits=plan.logits,
            after_id=chunk.first_id - 1,
            size=chunk.last_id - chunk.first_id + 1,
            active_since=day_start(day) - timedelta(days=plan.rules.inactivity_days),
            day=day,
            among=scope_of(chunk.run, inactivity_days=plan.rules.inactivity_days, now=plan.now)
            & Q(pk__lte=chunk.last_id),
        )
        count.copied(COPIES_PER_CHUNK)
        errors: list[str] = []
        made = _serve(skills, plan, chunk.run, errors) if len(skills) else Made()
        numbers = {"learners": len(skills), "ml_generated": made.ml}
        numbers |= {"fallback_generated": made.by_rules, "kept": made.kept}
        runs.close(chunk, numbers, errors, now=plan.now)
    return True


def _serve(skills: SkillMatrix, plan: _Plan, run: GenerationRun, errors: list[str]) -> Made:
    """Choose for these learners and write; a learner for whom it fails is found by halving and left out."""
    try:
        if not run.regenerates:
            return _choose_and_write(skills, plan, run.local_date)
        with transaction.atomic():  # whoever cannot be served keeps what was there
            learner_ids = skills.learner_ids.tolist()
            lock_learners(learner_ids)
            Challenge.objects.filter(untouched(run.local_date), learner_id__in=learner_ids).delete()
            return _choose_and_write(skills, plan, run.local_date)
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy: the run stops here and goes on later
    except _FAULTS as error:
        if len(skills) == 1 or len(errors) >= MOST_FAULTY:
            line = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
            errors += [f"#{learner_id} {line}" for learner_id in skills.learner_ids.tolist()]
            return Made()
    middle = len(skills) // 2
    first = _serve(skills.part(slice(None, middle)), plan, run, errors)
    return first + _serve(skills.part(slice(middle, None)), plan, run, errors)


def _choose_and_write(skills: SkillMatrix, plan: _Plan, day: date) -> Made:
    recent = recent_of(skills.learner_ids, plan.rules, day=day, exactly=False)
    drafts = choose(skills, recent, plan.rules, day=day, model_version=ONLINE_ESTIMATE)
    return write(drafts, recent, plan.rules, day=day, model_version=ONLINE_ESTIMATE, now=plan.now, bulky=True)


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
