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
ITERATIONS = 100  # then the slopes of topics move in the fourth digit only
ITEM_FEATURES = ("theta", "category_theta", "item_answers", "item_last", "last", "n_all")
_ITEM_COLUMNS = [NAMES.index(name) for name in ITEM_FEATURES]
_PER_CATEGORY = 1 + WIDTH
_PER_ITEM = 1 + len(ITEM_FEATURES)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted model: arrays only. The last row of a table of slopes is 0, for what was not seen in training."""

    mean: Matrix  # (36,)
    scale: Matrix  # (36,)
    common: Matrix  # intercept and slopes, (37,)
    by_category: Matrix | None  # (n_categories + 1, 37)
    by_item: Matrix | None  # (n_items + 1, 7)

    def predict(self, matrix: Matrix, item: Places, category: Places) -> Matrix:
        """Return the chance of a right answer for each row; items and categories are numbered as in training."""
        chance: Matrix = 1.0 / (1.0 + np.exp(-self.terms(matrix, item, category).sum(axis=1)))
        return chance

    def terms(self, matrix: Matrix, item: Places, category: Places) -> Matrix:
        """Return what each feature adds to the logit, shape (rows, 37) with the intercept first."""
        design = _design((matrix - self.mean) / self.scale)
        terms = design * self.common
        if self.by_category is not None:
            terms += design * self.by_category[_known(category, len(self.by_category))]
        if self.by_item is not None:
            slopes = self.by_item[_known(item, len(self.by_item))]
            columns = [0, *(1 + column for column in _ITEM_COLUMNS)]
            terms[:, columns] += design[:, columns] * slopes
        return terms


@dataclass(frozen=True, slots=True)
class Slopes:
    """How many categories and items have slopes of their own, and how freely these move (scikit-learn's C)."""

    n_categories: int
    n_items: int
    strength: float


def fit(
    matrix: Matrix, item: Places, category: Places, correct: NDArray[np.bool_], *, slopes: Slopes | None = None
) -> Logistic:
    """Fit the common slopes and, if asked for, those of each category and item."""
    from scipy import sparse

    mean, spread = matrix.mean(axis=0), matrix.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    standard = (matrix - mean) / scale
    if slopes is None:
        return Logistic(mean, scale, weights(standard, correct, strength=STRENGTH), None, None)
    blocks = [
        sparse.csr_matrix(standard),
        _block(_design(standard), category, slopes.n_categories),
        _block(_design(standard[:, _ITEM_COLUMNS]), item, slopes.n_items),
    ]
    found = weights(sparse.hstack(blocks, format="csr"), correct, strength=slopes.strength)
    common, by_category, by_item = np.split(found, np.cumsum([1 + WIDTH, slopes.n_categories * _PER_CATEGORY]))
    return Logistic(mean, scale, common, _table(by_category, _PER_CATEGORY), _table(by_item, _PER_ITEM))


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


def _block(design: Matrix, place: Places, n_places: int) -> Any:
    """Return the design of each row at the columns of its place; rows without a place (−1) are empty."""
    from scipy import sparse

    width = design.shape[1]
    named = place >= 0
    columns = (place[named, None] * width + np.arange(width)).ravel()
    ends = np.concatenate([[0], np.cumsum(named) * width])
    return sparse.csr_matrix((design[named].ravel(), columns, ends), shape=(len(design), n_places * width))


def _table(slopes: Matrix, width: int) -> Matrix:
    return np.vstack([slopes.reshape(-1, width), np.zeros((1, width))])


def _known(place: Places, rows: int) -> Places:
    """Return the rows of a table; what lies outside it is answered by its last row."""
    return np.where((place < 0) | (place >= rows), rows - 1, place)
