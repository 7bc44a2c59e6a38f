"""What a model has to beat, on the same split: from saying always the same to a sparse logistic regression."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence.datasets import Answers
from evidence.encodings import Counts
from evidence.features import NAMES
from evidence.knowledge import Training
from evidence.logistic import STRENGTH, weights
from evidence.rows import Matrix, online_estimate

BEST_LR_ITERATIONS = 300


def predictions(training: Training, *, counts: Counts, test: Answers, matrix: Matrix) -> dict[str, Matrix]:
    """Return each baseline's chance of a right answer for the test answers with features ``matrix``.

    ``counts`` are the training answers by item and category, with places for what is new in the test set.
    """
    return {
        "majority": np.full(len(test), counts.share),
        "category_mean": counts.category_shares()[test.category],
        "item_mean": counts.item_shares(test.item, test.category),
        "online_elo": online_estimate(matrix),
        "best_lr": _best_lr(training, test, matrix),
    }


def _best_lr(training: Training, test: Answers, matrix: Matrix) -> Matrix:
    """Return Best-LR (Gervet et al., JEDM 2020), without the learners' own weights: test learners have none.

    Which item, which category, and log counts of wins, failures and answers, over all and in each category.
    """
    known = training.answers
    found = weights(
        _design(known, training.matrix, known), known.correct, strength=STRENGTH, iterations=BEST_LR_ITERATIONS
    )
    chance: Matrix = 1.0 / (1.0 + np.exp(-(found[0] + _design(test, matrix, known) @ found[1:])))
    return chance


def _design(answers: Answers, matrix: Matrix, known: Answers) -> Any:
    from scipy import sparse

    ones = np.ones((len(answers), 1))
    return sparse.hstack(
        [
            _log_counts(matrix, "n_all", "wins_all"),
            _by_place(answers.item, len(known.items), ones),
            _by_place(answers.category, len(known.categories), ones),
            _by_place(
                answers.category, len(known.categories), _log_counts(matrix, "category_answers", "category_wins")
            ),
        ],
        format="csr",
    )


def _log_counts(matrix: Matrix, answers: str, wins: str) -> Matrix:
    """Return log1p of wins, failures and answers, shape (rows, 3)."""
    log_n, log_wins = matrix[:, NAMES.index(answers)], matrix[:, NAMES.index(wins)]
    failures = np.maximum(np.expm1(log_n) - np.expm1(log_wins), 0.0)
    return np.column_stack([log_wins, np.log1p(failures), log_n])


def _by_place(place: NDArray[np.int64], width: int, values: Matrix) -> Any:
    """Return each row's values in the columns of its place; rows of an unknown place are empty."""
    from scipy import sparse

    rows = np.flatnonzero((place >= 0) & (place < width))
    each = values.shape[1]
    columns = (place[rows, None] * each + np.arange(each)).ravel()
    return sparse.csr_matrix((values[rows].ravel(), (np.repeat(rows, each), columns)), shape=(len(place), width * each))
