"""Logistic regression on standardized features, with slopes of its own for each category and item.

What the features mean differs by topic: three right in a row says much where a topic is one skill and little where it
is many. These slopes are deviations from the common ones, drawn towards 0: a rare topic keeps the common ones.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence.features import NAMES, WIDTH

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]

STRENGTH = 1.0  # scikit-learn's C of common slopes alone
LEAST_ITEM_ANSWERS = 30  # in training; below, an item's 7 slopes would stay at 0 and only cost time
LEAST_CATEGORY_ANSWERS = 100
ITERATIONS = 100  # then the slopes of topics move in the fourth digit only
ITEM_FEATURES = ("theta", "category_theta", "item_answers", "item_last", "last", "n_all")
_ITEM_COLUMNS = [NAMES.index(name) for name in ITEM_FEATURES]
_PER_CATEGORY = 1 + WIDTH
_PER_ITEM = 1 + len(ITEM_FEATURES)


@dataclass(frozen=True, slots=True)
class SlopeTable:
    """Slopes of those categories or items that have their own; the last row is 0, for all others."""

    row: Places  # of each number known in training; −1 without slopes of its own
    slopes: Matrix  # (n_own + 1, n_slopes)

    def of(self, place: Places) -> Matrix:
        """Return the slopes at each place, whether known in training or not; shape (n, n_slopes)."""
        known = (place >= 0) & (place < len(self.row))
        rows = np.full(len(place), -1)
        rows[known] = self.row[place[known]]
        found: Matrix = self.slopes[rows]
        return found


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted model: arrays only."""

    mean: Matrix  # (36,)
    scale: Matrix  # (36,)
    common: Matrix  # intercept and slopes, (37,)
    by_category: SlopeTable | None = None  # 37 slopes
    by_item: SlopeTable | None = None  # 7 slopes

    def predict(self, matrix: Matrix, item: Places, category: Places) -> Matrix:
        """Return the chance of a right answer for each row; items and categories are numbered as in training."""
        chance: Matrix = 1.0 / (1.0 + np.exp(-self.terms(matrix, item, category).sum(axis=1)))
        return chance

    def terms(self, matrix: Matrix, item: Places, category: Places) -> Matrix:
        """Return what each feature adds to the logit, shape (rows, 37) with the intercept first."""
        design = _design((matrix - self.mean) / self.scale)
        terms = design * self.common
        if self.by_category is not None:
            terms += design * self.by_category.of(category)
        if self.by_item is not None:
            columns = [0, *(1 + column for column in _ITEM_COLUMNS)]
            terms[:, columns] += design[:, columns] * self.by_item.of(item)
        return terms


def fit(
    matrix: Matrix,
    item: Places,
    category: Places,
    correct: NDArray[np.bool_],
    *,
    slopes_strength: float = 0.0,
) -> Logistic:
    """Fit the common slopes and, with a strength (scikit-learn's C) above 0, those of each category and item."""
    from scipy import sparse

    mean, spread = matrix.mean(axis=0), matrix.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    standard = (matrix - mean) / scale
    if not slopes_strength:
        return Logistic(mean, scale, weights(standard, correct, strength=STRENGTH))
    topics, things = _frequent(category, LEAST_CATEGORY_ANSWERS), _frequent(item, LEAST_ITEM_ANSWERS)
    blocks = [
        sparse.csr_matrix(standard),
        _block(_design(standard), category, topics),
        _block(_design(standard[:, _ITEM_COLUMNS]), item, things),
    ]
    found = weights(sparse.hstack(blocks, format="csr"), correct, strength=slopes_strength)
    common, by_category, by_item = np.split(found, np.cumsum([1 + WIDTH, blocks[1].shape[1]]))
    return Logistic(mean, scale, common, _table(topics, by_category, _PER_CATEGORY), _table(things, by_item, _PER_ITEM))


def weights(design: Any, correct: NDArray[np.bool_], *, strength: float, iterations: int = ITERATIONS) -> Matrix:
    """Return the intercept and the slopes of a logistic regression, as far as so many iterations bring them."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=iterations)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # see ITERATIONS
        model.fit(design, correct)
    return np.concatenate([model.intercept_, model.coef_[0]])


def _design(standard: Matrix) -> Matrix:
    return np.column_stack([np.ones(len(standard)), standard])


def _frequent(place: Places, least: int) -> Places:
    """Number the places that occur often enough from 0, and all others −1; shape (highest place + 1,)."""
    often = np.bincount(place[place >= 0]) >= least
    return np.where(often, np.cumsum(often) - 1, -1)


def _block(design: Matrix, place: Places, rows: Places) -> Any:
    """Return the design of each row at the columns of its place; rows of a place without its own are empty."""
    from scipy import sparse

    width = design.shape[1]
    own = rows[place] if len(rows) else np.full(len(place), -1)
    own = np.where(place >= 0, own, -1)
    named = own >= 0
    columns = (own[named, None] * width + np.arange(width)).ravel()
    ends = np.concatenate([[0], np.cumsum(named) * width])
    n_own = int(rows.max(initial=-1)) + 1
    return sparse.csr_matrix((design[named].ravel(), columns, ends), shape=(len(design), n_own * width))


def _table(rows: Places, slopes: Matrix, width: int) -> SlopeTable:
    return SlopeTable(row=rows, slopes=np.vstack([slopes.reshape(-1, width), np.zeros((1, width))]))
