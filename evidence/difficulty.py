"""Do chosen questions have the difficulty that was aimed at? A replay of choices on what learners really answered.

After every fifth answer the candidates are the new items that the learner answers among the next thirty. A policy
chooses one, and the answer that was given is its outcome. A learner's choices were appropriate if their share of right
answers is consistent with .75–.85, that is, if its 90 % Wilson interval touches it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from math import log
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evidence import metrics
from evidence.datasets import Answers
from evidence.knowledge import KnowledgeModel
from evidence.logistic import Matrix, Places
from evidence.rows import ahead_rows

TARGET = 0.80
BAND = (0.70, 0.85)  # what a chosen question should be predicted at
REACHABLE = (0.70, 0.90)  # without a candidate in here nobody could choose well, and the point does not count
APPROPRIATE = (0.75, 0.85)
EVERY = 5
AHEAD = 30
LEAST_CANDIDATES = 5
LEAST_PICKS = 20  # of a learner who counts
STEADY_GAIN = 0.02  # of the aim per answer; .01–.1 all bring the same rate, larger ones leave the band more often
STAIR = 0.4  # logits that the staircase moves by
STAIR_RIGHT = 3  # right answers in a row before it gets harder: converges to .794 (Levitt, 1971)


class Aim(Protocol):
    """What a policy aims at, moved by the answers to its choices."""

    aim: float

    def hear(self, correct: bool) -> None: ...


class NoChoices(ValueError):
    """The answers have no points at which there is something to choose; the message is one sentence."""


@dataclass(slots=True)
class Staircase:
    """An aim in logits that moves by the answers: harder after three right in a row, easier after a wrong one."""

    aim: float = log(TARGET / (1 - TARGET))
    right_in_a_row: int = 0

    def hear(self, correct: bool) -> None:
        self.right_in_a_row = self.right_in_a_row + 1 if correct else 0
        if not correct:
            self.aim += STAIR
        elif self.right_in_a_row == STAIR_RIGHT:
            self.aim, self.right_in_a_row = self.aim - STAIR, 0


@dataclass(slots=True)
class Steadied:
    """An aim as a chance, moved against what came out too high or too low, within reach."""

    aim: float = TARGET

    def hear(self, correct: bool) -> None:
        self.aim = min(max(self.aim + STEADY_GAIN * (TARGET - correct), REACHABLE[0]), REACHABLE[1])


@dataclass(slots=True)
class Fixed:
    """An aim that stays."""

    aim: float

    def hear(self, correct: bool) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Replay:
    """The points of choice; each matrix has a row per point and a column per answer ahead."""

    learner: Places  # (n,), ascending
    row: Places  # of the answers
    candidate: NDArray[np.bool_]  # may be chosen
    predicted: Matrix  # by the model, from the moment of choice
    item_share: Matrix  # how often others answer the item right
    correct: NDArray[np.bool_]
    points: int  # with enough candidates, whether or not one was in reach

    def picks(self, said: Matrix, aim: Callable[[], Aim]) -> Places:
        """Return for each point the candidate that is ``said`` to be nearest the aim, which each learner has anew.

        What was chosen once is no longer new; −1 where nothing is left. An answer is heard when it was really given.
        """
        found = np.full(len(self.learner), -1)
        taken: set[int] = set()
        waiting: list[tuple[int, bool]] = []  # row and result of chosen answers that are not given yet
        current, before = aim(), -1
        for point, learner in enumerate(self.learner.tolist()):
            rows = self.row[point].tolist()
            if learner != before:
                current, before, waiting = aim(), learner, []
            while waiting and waiting[0][0] < rows[0]:
                current.hear(heappop(waiting)[1])
            free = self.candidate[point] & [row not in taken for row in rows]
            if not free.any():
                continue
            pick = int(np.where(free, np.abs(said[point] - current.aim), np.inf).argmin())
            found[point] = pick
            taken.add(rows[pick])
            heappush(waiting, (rows[pick], bool(self.correct[point, pick])))
        return found

    def policies(self, *, seed: int) -> dict[str, Places]:
        """Return the choices of the model and of what it has to beat."""
        logits = np.log(self.item_share / (1 - self.item_share))
        draw = np.random.default_rng(seed).random(self.candidate.shape)
        return {
            "model": self.picks(self.predicted, Steadied),
            "model_fixed_aim": self.picks(self.predicted, lambda: Fixed(TARGET)),
            "item_mean": self.picks(self.item_share, lambda: Fixed(TARGET)),
            "staircase": self.picks(logits, Staircase),
            "random": self.picks(draw, lambda: Fixed(0.0)),
        }

    def at(self, values: NDArray[Any], picks: Places) -> Matrix:
        """Return the values of the chosen candidates."""
        made = np.flatnonzero(picks >= 0)
        return np.asarray(values[made, picks[made]], float)


@dataclass(frozen=True, slots=True)
class Appropriateness:
    """How a policy did; ``rate`` is the appropriate difficulty adjustment rate (ADAR)."""

    rate: float  # share of learners
    success: float  # share of right answers among all choices
    distance: float  # of a learner's share from the target, mean over learners
    learners: int
    in_band: float  # share of choices that the model predicts in the band
    success_by_ability: tuple[float, float, float]  # of the weakest, the middle and the ablest third of learners


def replay(model: KnowledgeModel, answers: Answers) -> Replay:
    """Return the points of choice of learners whom the model has never seen.

    :raises NoChoices: if there are none.
    """
    first = _points(answers)
    ahead = first[:, None] + np.arange(AHEAD)
    candidate = _is_first_meeting(answers)[ahead]
    enough = candidate.sum(axis=1) >= LEAST_CANDIDATES
    first, ahead, candidate = first[enough], ahead[enough], candidate[enough]
    if not len(first):
        raise NoChoices(f"No learner meets {LEAST_CANDIDATES} new items within {AHEAD} answers.")
    counts = model.counts.widened(answers)
    item, category = answers.item[ahead.ravel()], answers.category[ahead.ravel()]
    matrix = ahead_rows(answers, [counts], np.zeros(answers.n_learners, np.int64), first=first, length=AHEAD)
    predicted = model.predict(matrix, item, category).reshape(-1, AHEAD)
    reachable = (candidate & (predicted >= REACHABLE[0]) & (predicted <= REACHABLE[1])).any(axis=1)
    return Replay(
        learner=answers.learner[first][reachable],
        row=ahead[reachable],
        candidate=candidate[reachable],
        predicted=predicted[reachable],
        item_share=counts.item_shares(item, category).reshape(-1, AHEAD)[reachable],
        correct=answers.correct[ahead][reachable],
        points=len(first),
    )


def appropriateness(played: Replay, picks: Places) -> Appropriateness:
    """Return how the choices of a policy came out.

    :raises NoChoices: if no learner has twenty.
    """
    n, wins = _by_learner(played, picks)
    if not len(n):
        raise NoChoices(f"No learner has the {LEAST_PICKS} choices that count.")
    said = played.at(played.predicted, picks)
    fits = []
    for right, of in zip(wins.tolist(), n.tolist(), strict=True):
        low, high = metrics.wilson(right, of, z=metrics.NORMAL_90)
        fits.append(high >= APPROPRIATE[0] and low <= APPROPRIATE[1])
    return Appropriateness(
        rate=float(np.mean(fits)),
        success=float(played.at(played.correct, picks).mean()),
        distance=float(np.abs(wins / n - TARGET).mean()),
        learners=len(n),
        in_band=float(((said >= BAND[0]) & (said <= BAND[1])).mean()),
        success_by_ability=_success_by_ability(played, picks),
    )


def _success_by_ability(played: Replay, picks: Places) -> tuple[float, float, float]:
    """Return the mean share of right choices by thirds of ability.

    Ability is how a learner does on all candidates beyond what their items' shares explain.
    """
    beyond = np.where(played.candidate, played.correct - played.item_share, 0.0).sum(axis=1)
    ability = np.bincount(played.learner, beyond) / np.maximum(
        np.bincount(played.learner, played.candidate.sum(axis=1)), 1
    )
    n, wins = _by_learner(played, picks)
    order = np.argsort(ability[_choices(played, picks) >= LEAST_PICKS], kind="stable")
    thirds = [float((wins / n)[third].mean()) if len(third) else float("nan") for third in np.array_split(order, 3)]
    return thirds[0], thirds[1], thirds[2]


def _by_learner(played: Replay, picks: Places) -> tuple[Places, Places]:
    """Return choices and right ones of each learner who counts."""
    n = _choices(played, picks)
    right = np.zeros(len(picks))
    right[picks >= 0] = played.at(played.correct, picks)
    wins = np.bincount(played.learner, right).astype(np.int64)
    return n[n >= LEAST_PICKS], wins[n >= LEAST_PICKS]


def _choices(played: Replay, picks: Places) -> Places:
    """Return how many choices were made for each learner."""
    return np.bincount(played.learner[picks >= 0], minlength=int(played.learner.max(initial=0)) + 1)


def _points(answers: Answers) -> Places:
    """Return the rows before which a choice is made."""
    starts, rows = answers.starts(), np.arange(len(answers))
    since, left = rows - starts[answers.learner], starts[answers.learner + 1] - rows
    return np.flatnonzero((since > 0) & (since % EVERY == 0) & (left >= AHEAD))


def _is_first_meeting(answers: Answers) -> NDArray[np.bool_]:
    """Say of each answer whether it is the learner's first to a named item."""
    _, first = np.unique(answers.learner * (len(answers.items) + 1) + answers.item + 1, return_index=True)
    is_first = np.zeros(len(answers), np.bool_)
    is_first[first] = True
    return is_first & (answers.item >= 0)
