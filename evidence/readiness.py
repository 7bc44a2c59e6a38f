"""Would a learner pass an exam now? The next 45 answers, all seen from the moment before the first.

The knowledge pipeline is fitted on answers seen so far ahead; the mean of its chances is the expected score, the number
of right answers is Poisson-binomial, and P(pass) is calibrated on held-out training learners, for answers of one
learner hang together more than independent ones would.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence import encodings, knowledge
from evidence.datasets import Answers
from evidence.knowledge import SEED, Calibration, KnowledgeModel, Training
from evidence.logistic import Matrix, Places
from evidence.rows import ahead_rows

QUESTIONS = 45  # the Norwegian theory exam of class B
PASS_AT = 38  # right answers
EVERY = 50  # answers between checkpoints, so that no answer is in two exams


class NoCheckpoints(ValueError):
    """No learner has answers enough for one checkpoint; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Exams:
    """Stretches of answers taken as exams; a row of each matrix is one exam."""

    first: Places  # the row of its first answer
    right: Places  # number of right answers
    before: Places  # number of right answers among as many just before it
    learner: Places

    @property
    def passed(self) -> NDArray[np.bool_]:
        return self.right >= PASS_AT


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is said of each exam."""

    score: Matrix  # expected share of right answers
    passing: Matrix  # P(pass), 0–1
    noise: Matrix  # mean distance of the score from its expectation, if the chances were exactly true


@dataclass(frozen=True, slots=True)
class ReadinessModel:
    """The knowledge pipeline for answers ahead, and the line that calibrates P(pass)."""

    knowledge: KnowledgeModel
    line: Calibration | None

    def forecast(self, answers: Answers, exams: Exams) -> Forecast:
        """Return what is said of exams of learners who are not in training."""
        counts = self.knowledge.counts.widened(answers)
        everyone = np.zeros(answers.n_learners, np.int64)
        matrix = ahead_rows(answers, [counts], everyone, first=exams.first, length=QUESTIONS)
        rows = rows_of(exams)
        return forecast(self.knowledge.predict(matrix, answers.item[rows], answers.category[rows]), self.line)


def exams_of(answers: Answers) -> Exams:
    """Return an exam after each fiftieth answer of a learner, as far as their answers reach.

    :raises NoCheckpoints: if there is none.
    """
    starts = answers.starts()
    since = np.arange(len(answers)) - starts[answers.learner]  # answers of the learner before the row
    left = starts[answers.learner + 1] - np.arange(len(answers))
    first = np.flatnonzero((since > 0) & (since % EVERY == 0) & (left >= QUESTIONS))
    if not len(first):
        raise NoCheckpoints(f"No learner has the {EVERY + QUESTIONS} answers that one checkpoint needs.")
    total = np.concatenate([[0], np.cumsum(answers.correct)])
    return Exams(
        first=first,
        right=total[first + QUESTIONS] - total[first],
        before=total[first] - total[first - QUESTIONS],
        learner=answers.learner[first],
    )


def rows_of(exams: Exams) -> Places:
    """Return the rows of all answers in the exams, exam by exam."""
    rows: Places = (exams.first[:, None] + np.arange(QUESTIONS)).ravel()
    return rows


def fit(answers: Answers, *, seed: int = SEED) -> ReadinessModel:
    """Fit the pipeline on the exams of the training learners.

    :raises NoCheckpoints: if there are none.
    :raises knowledge.OneOutcome: if no answer is right, or all are.
    """
    exams = exams_of(answers)
    rows = rows_of(exams)
    fold = encodings.folds(answers.n_learners, seed=seed)
    matrix = ahead_rows(answers, encodings.out_of_fold(answers, fold), fold, first=exams.first, length=QUESTIONS)
    training = Training(answers.at(rows), fold, matrix, encodings.count(answers))
    model, choice = knowledge.fit(training, seed=seed)
    if not len(choice.rows):
        return ReadinessModel(model, None)
    held_out = choice.rows.reshape(-1, QUESTIONS)[:, 0] // QUESTIONS
    raw = forecast(choice.p, None).passing
    return ReadinessModel(model, knowledge.fit_line(raw, exams.passed[held_out]))


def forecast(p: Matrix, line: Calibration | None) -> Forecast:
    """Return what the chances of all answers, exam by exam, say of each exam."""
    chances = p.reshape(-1, QUESTIONS)
    score = chances.mean(axis=1)
    number = poisson_binomial(chances)
    passing = number[:, PASS_AT:].sum(axis=1)
    distance = np.abs(np.arange(QUESTIONS + 1) / QUESTIONS - score[:, None])
    return Forecast(
        score=score,
        passing=line.apply(passing) if line else passing,
        noise=(number * distance).sum(axis=1),
    )


def poisson_binomial(p: Matrix) -> Matrix:
    """Return the chance of each number of successes, shape (n, k + 1), of k independent trials of chances (n, k)."""
    found = np.zeros((len(p), p.shape[1] + 1))
    found[:, 0] = 1.0
    for chance in p.T:
        right = found[:, :-1] * chance[:, None]
        found *= 1 - chance[:, None]
        found[:, 1:] += right
    return found
