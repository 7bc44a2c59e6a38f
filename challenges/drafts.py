"""Challenges on their way to the database: one array per column, shape ``(n_learners, slots)``."""

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from challenges.attempts import Failure

Matrix = NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class Drafts:
    """What was chosen. Types and categories are places in the rules; −1 stands for no category, no text.

    A slot whose ``source`` is 0 stayed empty.
    """

    ML: ClassVar[int] = 1
    FALLBACK: ClassVar[int] = 2
    ONBOARDING: ClassVar[int] = 3
    MANUAL: ClassVar[int] = 4

    learner_ids: NDArray[np.int64]  # (n_learners,)
    kind: Matrix
    category: Matrix
    wording: Matrix  # ids
    requirement: Matrix
    target_correct: Matrix  # 0: none
    minutes: Matrix  # 0: none
    xp: Matrix
    bonus: Matrix
    difficulty: Matrix  # thousandths
    source: Matrix
    randomized: NDArray[np.bool_]
    propensity: NDArray[np.float64]
    predicted: NDArray[np.float64]
    reasons: Matrix
    skill_version: Matrix
    manual: Matrix  # place among the challenges by hand
    failures: list[Failure] = field(default_factory=list)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(each.name for each in fields(cls) if each.name not in {"learner_ids", "failures"})

    @classmethod
    def empty(cls, learner_ids: NDArray[np.int64], slots: int) -> "Drafts":
        shape = (len(learner_ids), slots)
        kinds: dict[str, Any] = {"randomized": np.bool_, "propensity": np.float64, "predicted": np.float64}
        blank: dict[str, Any] = {name: np.zeros(shape, dtype=kinds.get(name, np.int64)) for name in cls.names()}
        return cls(learner_ids=learner_ids, **blank)

    def none(self) -> "Drafts":
        """Return the same columns without a row."""
        return Drafts.empty(self.learner_ids, 0)

    def put(self, rows: NDArray[np.intp], part: "Drafts", names: tuple[str, ...]) -> None:
        """Take the named columns of ``part``, whose rows are those at ``rows`` here."""
        for name in names:
            getattr(self, name)[rows] = getattr(part, name)

    @property
    def slots(self) -> int:
        return int(self.kind.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """What learners were given in the last seven days, and what administrators give them today."""

    categories: Matrix  # (n_learners, n_categories)
    types: Matrix  # (n_learners, n_types)
    streak_open: NDArray[np.bool_]  # (n_learners,)
    taken: NDArray[np.bool_]  # (n_learners, slots) that the day already has
    yesterday: Matrix  # (n_learners, slots) ids of yesterday's texts, 0: none
    pairs: NDArray[np.bool_]  # (n_learners, n_categories, n_types) topic and type of yesterday's
    given: NDArray[np.bool_]  # (n_learners, n_manual) challenges by hand that are for them today

    @classmethod
    def none(cls, n_learners: int, n_categories: int, n_types: int, slots: int, n_manual: int = 0) -> "Recent":
        return cls(
            categories=np.zeros((n_learners, n_categories), dtype=np.int64),
            types=np.zeros((n_learners, n_types), dtype=np.int64),
            streak_open=np.zeros(n_learners, dtype=bool),
            taken=np.zeros((n_learners, slots), dtype=bool),
            yesterday=np.zeros((n_learners, slots), dtype=np.int64),
            pairs=np.zeros((n_learners, n_categories, n_types), dtype=bool),
            given=np.zeros((n_learners, n_manual), dtype=bool),
        )

    def part(self, index: Any) -> "Recent":
        """Return the learners that ``index`` selects."""
        return Recent(**{each.name: getattr(self, each.name)[index] for each in fields(self)})
