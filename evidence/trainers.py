"""What can be trained and evaluated: each room lists its own in ``TRAINERS``, a dotted name of a `Trainer`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from evidence import conf, evaluation, printing


@dataclass(frozen=True, slots=True)
class Trainer:
    """A question that a model answers.

    ``evaluate(train, test, seed)`` fits on one file, scores the other, and returns a report that JSON can hold.
    """

    name: str
    question: str
    evaluate: Callable[[Path, Path, int], dict[str, Any]]
    table: Callable[[dict[str, Any]], str]  # the report for people


class UnknownTask(ValueError):
    """There is no trainer of that name; the message lists those there are."""


def trainer(name: str) -> Trainer:
    """Return the trainer called ``name``.

    :raises UnknownTask: if there is none.
    """
    known: dict[str, Trainer] = {found.name: found for found in map(import_string, conf.installed_trainers())}
    if name not in known:
        raise UnknownTask(f"There is no model called {name!r}; there is {', '.join(sorted(known)) or 'none'}.")
    return known[name]


KNOWLEDGE = Trainer(
    name="knowledge",
    question="Will the next answer be right?",
    evaluate=evaluation.knowledge,
    table=printing.knowledge,
)
READINESS = Trainer(
    name="readiness",
    question="Would the learner pass an exam now?",
    evaluate=evaluation.readiness,
    table=printing.readiness,
)
DIFFICULTY = Trainer(
    name="difficulty",
    question="Do chosen questions have the difficulty that was aimed at?",
    evaluate=evaluation.difficulty,
    table=printing.difficulty,
)
