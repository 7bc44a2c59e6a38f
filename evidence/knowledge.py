"""Will the next answer be right? The pipeline: encodings, features, candidates, choice on training learners, final fit.

Every choice (which model, how trees and logistic are mixed, whether to recalibrate) is made on held-out training
learners; nothing depends on which data it is. scikit-learn is imported when a model is fitted, not before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence import encodings, logistic, metrics
from evidence.datasets import Answers
from evidence.encodings import Counts
from evidence.logistic import Logistic, Matrix, Places
from evidence.rows import feature_rows, unseen_rows

SEED = 20111
LEAST_ANSWERS_FOR_TREES = 25_000  # below, trees lose to the logistic model (300 learners of 80 answers)
LEAST_LEARNERS_FOR_CHOICE = 5  # below, there is nobody to hold out
CHOICE_ANSWERS = 100_000  # training answers of each fit that only serves the choice
CHOICE_FOLDS = 3  # of the folds of the encodings, where trees are among the candidates; else all
TREES_SHARES = (0.4, 0.6)  # of a mix with the logistic model
SLOPES_STRENGTHS = (0.003, 0.02)  # the first suits sets of some ten thousand answers, the second larger ones
# Fewer and smaller trees than a model of trees alone would have: mixed with the logistic model, 350 trees of 48 leaves
# gain less than .0004 AUC on held-out training learners and cost three times as much.
TREES = {
    "max_iter": 250,
    "learning_rate": 0.06,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 80,
    "l2_regularization": 5.0,
    "early_stopping": False,
}
_CLOSEST = 1e-6


class OneOutcome(ValueError):
    """A model cannot be fitted where every answer came out the same; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A straight line on the logit of the predicted chance (Platt, 1999)."""

    slope: float
    intercept: float

    def apply(self, p: Matrix) -> Matrix:
        return 1.0 / (1.0 + np.exp(-(self.slope * _logits(p) + self.intercept)))


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to fit: the share of trees in the mix (0–1), and how freely the slopes of topics and items move."""

    trees_share: float
    slopes_strength: float = 0.0  # 0: common slopes alone

    @property
    def name(self) -> str:
        if self.trees_share == 1:
            return "trees"
        line = f"logistic with slopes ({self.slopes_strength:g})" if self.slopes_strength else "logistic"
        return f"{self.trees_share:g} trees + {1 - self.trees_share:g} {line}" if self.trees_share else line


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A fitted pipeline; ``counts`` are the training answers by item and category."""

    recipe: Recipe
    trees: Any  # HistGradientBoostingClassifier, or None
    logistic: Logistic | None
    calibration: Calibration | None
    counts: Counts

    def predict(self, matrix: Matrix, item: Places, category: Places) -> Matrix:
        """Return the chance of a right answer for each row of features; one call for all rows."""
        p = np.zeros(len(matrix))
        share = self.recipe.trees_share
        if self.trees is not None:
            p += share * self.trees.predict_proba(matrix)[:, 1]
        if self.logistic is not None:
            p += (1 - share) * self.logistic.predict(matrix, item, category)
        return self.calibration.apply(p) if self.calibration else p

    def predict_unseen(self, answers: Answers) -> Matrix:
        """Return the chance of each answer of learners who are not in training, from what came before it."""
        return self.predict(unseen_rows(answers, self.counts.widened(answers)), answers.item, answers.category)


@dataclass(frozen=True, slots=True)
class Training:
    """Training answers with their out-of-fold features; ``counts`` are over all learners."""

    answers: Answers
    fold: NDArray[np.int64]  # of each learner
    matrix: Matrix
    counts: Counts

    def rows(self, learners: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.flatnonzero(learners[self.answers.learner])


@dataclass(frozen=True, slots=True)
class Choice:
    """The recipe that did best on held-out training learners, and each recipe's log loss there."""

    recipe: Recipe
    calibration: Calibration | None
    log_losses: dict[str, float]
    rows: Places  # of the training answers that were held out
    p: Matrix  # what the recipe said of them


def prepare(answers: Answers, *, seed: int = SEED) -> Training:
    """Return the training answers with features that no learner's own answers have entered beforehand."""
    fold = encodings.folds(answers.n_learners, seed=seed)
    matrix = feature_rows(answers, encodings.out_of_fold(answers, fold), fold)
    return Training(answers, fold, matrix, encodings.count(answers))


def fit(training: Training, *, seed: int = SEED) -> tuple[KnowledgeModel, Choice]:
    """Choose a recipe on held-out training learners and fit it to all of them.

    :raises OneOutcome: if no answer is right, or all are.
    """
    if not _has_both(training.answers.correct):
        raise OneOutcome("All answers to learn from have the same result, so there is nothing to learn.")
    choice = choose(training, seed=seed)
    everyone = np.ones(training.answers.n_learners, np.bool_)
    trees, lines = _parts(training, training.rows(everyone), [choice.recipe], seed=seed)
    model = KnowledgeModel(
        recipe=choice.recipe,
        trees=trees,
        logistic=lines.get(choice.recipe.slopes_strength),
        calibration=choice.calibration,
        counts=training.counts,
    )
    return model, choice


def candidates(n_answers: int) -> list[Recipe]:
    """Return the recipes that so many answers can carry, the simplest first."""
    lines = [Recipe(0.0), *(Recipe(0.0, strength) for strength in SLOPES_STRENGTHS)]
    if n_answers < LEAST_ANSWERS_FOR_TREES:
        return lines
    mixes = [Recipe(share, strength) for share in TREES_SHARES for strength in SLOPES_STRENGTHS]
    return [*lines, *mixes, Recipe(1.0)]


def choose(training: Training, *, seed: int = SEED) -> Choice:
    """Return the recipe with the least log loss on held-out learners; the simplest if there is nobody to hold out."""
    recipes = candidates(len(training.answers))
    held_out = [training.rows(training.fold == number) for number in _choice_folds(training, recipes)]
    fitted_on = [
        training.rows(_sample(training, training.fold != number, seed=seed))
        for number in _choice_folds(training, recipes)
    ]
    if not fitted_on or not all(_has_both(training.answers.correct[rows]) for rows in fitted_on):
        return Choice(recipes[0], None, {}, np.empty(0, np.int64), np.empty(0))
    said = [
        _predictions(training, before, rows, recipes, seed=seed)
        for before, rows in zip(fitted_on, held_out, strict=True)
    ]
    rows = np.concatenate(held_out)
    p = {recipe: np.concatenate([part[recipe] for part in said]) for recipe in recipes}
    losses = {recipe: metrics.log_loss(training.answers.correct[rows], p[recipe]) for recipe in recipes}
    best = min(recipes, key=lambda recipe: losses[recipe])
    line = _calibration([part[best] for part in said], [training.answers.correct[rows] for rows in held_out])
    return Choice(
        recipe=best,
        calibration=line,
        log_losses={recipe.name: loss for recipe, loss in losses.items()},
        rows=rows,
        p=line.apply(p[best]) if line else p[best],
    )


def _choice_folds(training: Training, recipes: Sequence[Recipe]) -> range:
    """Return the folds to hold out: some of them where trees are fitted each time, none where too few learn."""
    if training.answers.n_learners < LEAST_LEARNERS_FOR_CHOICE:
        return range(0)
    folds = int(training.fold.max()) + 1
    return range(min(CHOICE_FOLDS, folds) if any(recipe.trees_share for recipe in recipes) else folds)


def _sample(training: Training, learners: NDArray[np.bool_], *, seed: int) -> NDArray[np.bool_]:
    """Return as many of the learners, in a seeded order, as have the answers that a choice needs."""
    chosen = np.flatnonzero(learners)
    np.random.default_rng(seed).shuffle(chosen)
    answered = np.cumsum(np.diff(training.answers.starts())[chosen])
    sample = np.zeros(len(learners), np.bool_)
    sample[chosen[: int(np.searchsorted(answered, CHOICE_ANSWERS)) + 1]] = True
    return sample


def _predictions(
    training: Training, fitted_on: Places, rows: Places, recipes: Sequence[Recipe], *, seed: int
) -> dict[Recipe, Matrix]:
    """Fit each part once and return what every recipe says of ``rows``."""
    trees, lines = _parts(training, fitted_on, recipes, seed=seed)
    answers, matrix = training.answers, training.matrix[rows]
    by_trees = trees.predict_proba(matrix)[:, 1] if trees is not None else np.zeros(len(rows))
    by_line = {
        strength: line.predict(matrix, answers.item[rows], answers.category[rows]) for strength, line in lines.items()
    }
    nothing = np.zeros(len(rows))
    return {
        recipe: recipe.trees_share * by_trees + (1 - recipe.trees_share) * by_line.get(recipe.slopes_strength, nothing)
        for recipe in recipes
    }


def _parts(
    training: Training, rows: Places, recipes: Sequence[Recipe], *, seed: int
) -> tuple[Any, dict[float, Logistic]]:
    """Return the trees (None if no recipe has them) and the logistic models by the strength of their slopes."""
    answers, matrix = training.answers, training.matrix[rows]
    item, category, correct = answers.item[rows], answers.category[rows], answers.correct[rows]
    lines = {
        strength: logistic.fit(matrix, item, category, correct, slopes_strength=strength)
        for strength in sorted({recipe.slopes_strength for recipe in recipes if recipe.trees_share < 1})
    }
    if not any(recipe.trees_share for recipe in recipes):
        return None, lines
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(**TREES, random_state=seed).fit(matrix, correct), lines


def _calibration(said: Sequence[Matrix], correct: Sequence[NDArray[np.bool_]]) -> Calibration | None:
    """Return a line through the held-out predictions if, fitted on the other folds, it lowers the log loss of each."""
    for number in range(len(said)):
        others = [index for index in range(len(said)) if index != number]
        line = fit_line(np.concatenate([said[o] for o in others]), np.concatenate([correct[o] for o in others]))
        before = metrics.log_loss(correct[number], said[number])
        if line is None or metrics.log_loss(correct[number], line.apply(said[number])) >= before:
            return None
    return fit_line(np.concatenate(said), np.concatenate(correct))


def fit_line(p: Matrix, correct: NDArray[np.bool_]) -> Calibration | None:
    """Return the calibration that fits ``correct`` best; None where every outcome is the same."""
    from sklearn.linear_model import LogisticRegression

    if not _has_both(correct):
        return None
    fitted = LogisticRegression(C=np.inf).fit(_logits(p)[:, None], correct)
    return Calibration(slope=float(fitted.coef_[0, 0]), intercept=float(fitted.intercept_[0]))


def _has_both(correct: NDArray[np.bool_]) -> bool:
    return bool(correct.any() and not correct.all())


def _logits(p: Matrix) -> Matrix:
    chance = np.clip(p, _CLOSEST, 1 - _CLOSEST)
    logits: Matrix = np.log(chance / (1 - chance))
    return logits
