"""How often items and categories are answered right, counted without the learner who is being predicted.

A training learner's encodings come from the other folds only; a learner never seen in training gets the counts of all.
Otherwise each answer would be predicted with the help of itself, and the model would trust the item's share too much.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence.datasets import Answers
from learners.api import elo

FOLDS = 10  # each counts nine tenths of the learners, nearly as many answers as serving will know


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers (``n``) and right answers (``wins``) by item and by category; the last place is for the unnamed."""

    item_n: NDArray[np.int64]
    item_wins: NDArray[np.int64]
    category_n: NDArray[np.int64]
    category_wins: NDArray[np.int64]

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(
            self.item_n - other.item_n,
            self.item_wins - other.item_wins,
            self.category_n - other.category_n,
            self.category_wins - other.category_wins,
        )

    def widened(self, names: Answers) -> "Counts":
        """Return the counts with places for the items and categories that are new in a later set."""
        items, categories = len(names.items), len(names.categories)
        return Counts(
            _widened(self.item_n, items),
            _widened(self.item_wins, items),
            _widened(self.category_n, categories),
            _widened(self.category_wins, categories),
        )

    @property
    def share(self) -> float:
        """The share of right answers over all, with a right and a wrong one added so that it is never 0 or 1."""
        return float((self.category_wins.sum() + 1) / (self.category_n.sum() + 2))

    def category_shares(self) -> NDArray[np.float64]:
        """Return each category's share of right answers, drawn towards the share over all."""
        prior = elo.CATEGORY_PRIOR_ANSWERS
        shares: NDArray[np.float64] = (self.category_wins + prior * self.share) / (self.category_n + prior)
        shares[-1] = self.share
        return shares

    def item_shares(self, item: NDArray[np.int64], category: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the share of right answers to each of ``item``, drawn towards the one of its category."""
        prior = elo.ITEM_PRIOR_ANSWERS
        shares: NDArray[np.float64] = (self.item_wins[item] + prior * self.category_shares()[category]) / (
            self.item_n[item] + prior
        )
        return shares


def _widened(counts: NDArray[np.int64], named: int) -> NDArray[np.int64]:
    """Return ``counts`` for ``named`` names; the unnamed stay last."""
    return np.concatenate([counts[:-1], np.zeros(named + 1 - len(counts), np.int64), counts[-1:]])


def count(answers: Answers, rows: NDArray[np.bool_] | None = None) -> Counts:
    """Count the answers (of ``rows``)."""
    n_items, n_categories = len(answers.items), len(answers.categories)
    chosen = slice(None) if rows is None else rows
    # the unnamed are −1; as the last place they can be indexed by −1 again
    item = np.where(answers.item < 0, n_items, answers.item)[chosen]
    category = np.where(answers.category < 0, n_categories, answers.category)[chosen]
    correct = answers.correct[chosen]
    item_n = np.bincount(item, minlength=n_items + 1)
    item_wins = np.bincount(item[correct], minlength=n_items + 1)
    item_n[-1] = item_wins[-1] = 0  # unnamed items have nothing in common but their category
    return Counts(
        item_n,
        item_wins,
        np.bincount(category, minlength=n_categories + 1),
        np.bincount(category[correct], minlength=n_categories + 1),
    )


def folds(n_learners: int, *, seed: int, n_folds: int = FOLDS) -> NDArray[np.int64]:
    """Return a fold for each learner, of sizes that differ by one at most; chosen by ``seed``."""
    return np.random.default_rng(seed).permutation(np.arange(n_learners) % max(1, min(n_folds, n_learners)))


def out_of_fold(answers: Answers, fold: NDArray[np.int64]) -> list[Counts]:
    """Return for each fold the counts over the learners of all other folds."""
    everything = count(answers)
    by_row = fold[answers.learner]
    return [everything - count(answers, by_row == number) for number in range(int(fold.max()) + 1)]
