"""How good predicted chances are; pure. ``y`` are outcomes 0 or 1 and ``p`` predicted chances of 1, of equal length."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

BINS = 10
RESAMPLES = 500
CLOSEST = 1e-15  # a chance of 0 or 1 that turns out wrong would cost infinitely much
NORMAL_90, NORMAL_95 = 1.6448536269514722, 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference with its 95 % interval."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of similar size: what was said on average, and what happened."""

    predicted: float
    observed: float
    n: int


def auc(y: ArrayLike, p: ArrayLike) -> float:
    """Return the chance that a one was predicted higher than a zero; ties count half, NaN if one of them is absent."""
    truth = np.asarray(y, float)
    return _weighted_auc(truth, _ranks(np.asarray(p, float)), np.ones(len(truth)))


def log_losses(y: ArrayLike, p: ArrayLike) -> Floats:
    """Return each prediction's log loss."""
    chance = np.clip(np.asarray(p, float), CLOSEST, 1 - CLOSEST)
    losses: Floats = -np.where(np.asarray(y, bool), np.log(chance), np.log1p(-chance))
    return losses


def log_loss(y: ArrayLike, p: ArrayLike) -> float:
    return float(log_losses(y, p).mean())


def accuracy(y: ArrayLike, p: ArrayLike) -> float:
    """Return the share of outcomes that were thought likelier than not."""
    return float(((np.asarray(p) >= 0.5) == np.asarray(y, bool)).mean())


def brier(y: ArrayLike, p: ArrayLike) -> float:
    """Return the mean squared distance of chances from outcomes."""
    return float(((np.asarray(p, float) - np.asarray(y, float)) ** 2).mean())


def mean_distance(y: ArrayLike, predicted: ArrayLike) -> float:
    """Return the mean absolute error."""
    return float(np.abs(np.asarray(predicted, float) - np.asarray(y, float)).mean())


def balanced_accuracy(y: ArrayLike, p: ArrayLike) -> float:
    """Return the mean of the shares found among the ones and among the zeros, NaN if one of them is absent."""
    truth, said = np.asarray(y, bool), np.asarray(p) >= 0.5
    if truth.all() or not truth.any():
        return float("nan")
    return float((said[truth].mean() + (~said[~truth]).mean()) / 2)


def majority(y: ArrayLike) -> float:
    """Return the accuracy of always saying the commoner outcome."""
    share = float(np.asarray(y, float).mean())
    return max(share, 1 - share)


def reliability(y: ArrayLike, p: ArrayLike, *, bins: int = BINS) -> list[Bin]:
    """Return the bins of equal width, 0–1, that have predictions."""
    truth, chance = np.asarray(y, float), np.asarray(p, float)
    place = np.clip((chance * bins).astype(int), 0, bins - 1)
    n = np.bincount(place, minlength=bins)
    said, happened = np.bincount(place, chance, bins), np.bincount(place, truth, bins)
    return [
        Bin(predicted=float(said[b] / n[b]), observed=float(happened[b] / n[b]), n=int(n[b])) for b in np.flatnonzero(n)
    ]


def ece(y: ArrayLike, p: ArrayLike, *, bins: int = BINS) -> float:
    """Return the expected calibration error: the mean gap between what is said and what happens, over ten bins."""
    parts = reliability(y, p, bins=bins)
    return sum(part.n * abs(part.predicted - part.observed) for part in parts) / sum(part.n for part in parts)


def wilson(wins: int, n: int, *, z: float = NORMAL_95) -> tuple[float, float]:
    """Return the interval of a share by Wilson (1927); with nothing seen it is 0–1."""
    if n == 0:
        return 0.0, 1.0
    share, spread = wins / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * (share * (1 - share) / n + spread / (4 * n)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def scores(y: ArrayLike, p: ArrayLike) -> dict[str, float]:
    """Return the four scores that every comparison shows."""
    return {"auc": auc(y, p), "log_loss": log_loss(y, p), "accuracy": accuracy(y, p), "ece": ece(y, p)}


def paired(
    *,
    y: NDArray[Any],
    p: Floats,
    others: Mapping[str, Floats],
    learner: NDArray[np.int64],
    seed: int,
    resamples: int = RESAMPLES,
) -> dict[str, dict[str, Interval]]:
    """Return by how much ``p`` beats each other prediction of the same answers, in AUC and in log loss.

    Whole learners are drawn with replacement (percentile bootstrap), for a learner's answers hang together; all
    predictions meet the same draws. Above 0 is better in both: for log loss it is the other's minus ours.
    """
    _, place = np.unique(learner, return_inverse=True)
    n_learners = int(place.max()) + 1
    rng = np.random.default_rng(seed)
    draws = rng.multinomial(n_learners, np.full(n_learners, 1 / n_learners), size=resamples)
    weights = np.vstack([np.ones(n_learners, np.int64), draws])  # the first row is the sample itself
    ours = _resampled(y, p, place, weights)
    found = {}
    for name, other in others.items():
        theirs = _resampled(y, other, place, weights)
        found[name] = {"auc": _interval(ours[0] - theirs[0]), "log_loss": _interval(theirs[1] - ours[1])}
    return found


def _resampled(
    y: NDArray[Any], p: Floats, place: NDArray[np.int64], weights: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Return AUC and log loss under each row of ``weights``, shape (draws, n_learners)."""
    order = np.argsort(p, kind="stable")
    truth, ranks, who = np.asarray(y, float)[order], _ranks(p[order]), place[order]
    aucs = np.array([_weighted_auc(truth, ranks, row[who].astype(float)) for row in weights])
    total = np.bincount(place, log_losses(y, p), weights.shape[1])
    answers = np.bincount(place, minlength=weights.shape[1])
    return aucs, (weights @ total) / (weights @ answers)


def _ranks(p: Floats) -> NDArray[np.int64]:
    """Return the place of each chance among the distinct ones, from low to high."""
    return np.unique(p, return_inverse=True)[1]


def _weighted_auc(truth: Floats, ranks: NDArray[np.int64], weight: Floats) -> float:
    """Return the AUC of weighted answers; NaN where one outcome is absent."""
    ones = np.bincount(ranks, weight * truth)
    zeros = np.bincount(ranks, weight) - ones
    pairs = ones.sum() * zeros.sum()
    return float(ones @ (np.cumsum(zeros) - zeros / 2) / pairs) if pairs else float("nan")


def _interval(draws: Floats) -> Interval:
    if np.isnan(draws[0]):
        return Interval(*(float("nan"),) * 3)
    low, high = np.nanpercentile(draws[1:], (2.5, 97.5))
    return Interval(difference=float(draws[0]), low=float(low), high=float(high))
