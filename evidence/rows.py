"""Features of many answers at once: each learner's history is walked in time order, features first, then the answer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evidence import features
from evidence.datasets import Answers
from evidence.encodings import Counts
from evidence.features import LearnerHistory, Question, write_row
from learners.api import elo

Matrix = NDArray[np.float64]


def feature_rows(answers: Answers, counts: Sequence[Counts], fold: NDArray[np.int64]) -> Matrix:
    """Return the features of every answer, shape (n_answers, 36).

    A learner of fold ``f`` meets the questions as ``counts[f]`` knows them.
    """
    return ahead_rows(answers, counts, fold, first=np.arange(len(answers)), length=1)


def ahead_rows(
    answers: Answers, counts: Sequence[Counts], fold: NDArray[np.int64], *, first: NDArray[np.int64], length: int
) -> Matrix:
    """Return the features of ``length`` answers from each of the rows ``first`` on, shape (n_first × length, 36).

    All of them are seen from the moment before the first one, as an exam is; ``first`` ascends.
    """
    matrix = np.empty((len(first) * length, features.WIDTH))
    raw = matrix.data.cast("B")
    pair, pairs = _pairs(answers)
    pair_of, correct_of, at_of = pair.tolist(), answers.correct.tolist(), _times(answers)
    starts = answers.starts().tolist()
    window_of = np.full(len(answers), -1)
    window_of[first] = np.arange(len(first))
    windows = window_of.tolist()
    for number, known in enumerate(counts):
        used = np.unique(pair[fold[answers.learner] == number])
        questions = dict(zip(used.tolist(), _questions(known, pairs[used]), strict=True))
        for learner in np.flatnonzero(fold == number).tolist():
            history = LearnerHistory()
            for row in range(starts[learner], starts[learner + 1]):
                at = at_of[row]
                if windows[row] >= 0:
                    for step in range(length):
                        seen = history.features(questions[pair_of[row + step]], at)
                        write_row(raw, windows[row] * length + step, seen)
                history.update(questions[pair_of[row]], correct_of[row], at)
    return matrix


def unseen_rows(answers: Answers, counts: Counts) -> Matrix:
    """Return the features of learners who are in none of the ``counts``."""
    return feature_rows(answers, [counts], np.zeros(answers.n_learners, np.int64))


def online_estimate(matrix: Matrix) -> NDArray[np.float64]:
    """Return the online estimate of `learners` for each row of features, faded where times are known; 0–1."""
    column = {name: matrix[:, place] for place, name in enumerate(features.NAMES)}
    p: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-column["elo_logit"]))
    gap = column["category_gap"]
    for row in np.flatnonzero(gap > 0).tolist():
        days = np.expm1(gap[row]) / features.SECONDS_PER_DAY
        p[row] = elo.faded(float(p[row]), float(days), round(float(np.expm1(column["category_answers"][row]))))
    return p


def _pairs(answers: Answers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each row's place among the distinct (item, category) pairs, and the pairs."""
    width = len(answers.categories) + 1
    codes, place = np.unique((answers.item + 1) * width + answers.category + 1, return_inverse=True)
    return place, np.column_stack([codes // width - 1, codes % width - 1])


def _questions(counts: Counts, pairs: NDArray[np.int64]) -> list[Question]:
    item, category = pairs[:, 0], pairs[:, 1]
    category_shares = counts.category_shares()[category]
    item_logits = _logit(counts.item_shares(item, category)).tolist()
    category_logits = _logit(category_shares).tolist()
    item_n = counts.item_n[item].tolist()
    return [
        Question(
            item=number if number >= 0 else None,
            category=topic if topic >= 0 else None,
            item_logit=item_logit,
            category_logit=category_logit,
            item_n=n,
        )
        for (number, topic), item_logit, category_logit, n in zip(
            pairs.tolist(), item_logits, category_logits, item_n, strict=True
        )
    ]


def _times(answers: Answers) -> list[float | None]:
    return [None if at != at else at for at in answers.seconds.tolist()]


def _logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    logits: NDArray[np.float64] = np.log(p / (1 - p))
    return logits
