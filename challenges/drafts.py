"""Challenges on their way to the database: one array per column, shape ``(n_learners, slots)``."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class Drafts:
    """What was chosen. Types and categories are places in the rules; −1 stands for no category, no text."""

    ML: ClassVar[int] = 1
    FALLBACK: ClassVar[int] = 2
    ONBOARDING: ClassVar[int] = 3

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

    @classmethod
    def empty(cls, learner_ids: NDArray[np.int64], slots: int) -> "Drafts":
        shape = (len(learner_ids), slots)
        kinds: dict[str, Any] = {"randomized": np.bool_, "propensity": np.float64, "predicted": np.float64}
        names = [field.name for field in fields(cls) if field.name != "learner_ids"]
        return cls(
            learner_ids=learner_ids, **{name: np.zeros(shape, dtype=kinds.get(name, np.int64)) for name in names}
        )

    def none(self) -> "Drafts":
        """Return the same columns without a row."""
        return Drafts.empty(self.learner_ids, 0)

    @property
    def slots(self) -> int:
        return int(self.kind.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """How often each topic and type came in the last seven days, and who has a streak challenge open."""

    categories: Matrix  # (n_learners, n_categories)
    types: Matrix  # (n_learners, n_types)
    streak_open: NDArray[np.bool_]  # (n_learners,)
    taken: NDArray[np.bool_]  # (n_learners, slots) that the day already has

    @classmethod
    def none(cls, n_learners: int, n_categories: int, n_types: int, slots: int) -> "Recent":
        return cls(
            categories=np.zeros((n_learners, n_categories), dtype=np.int64),
            types=np.zeros((n_learners, n_types), dtype=np.int64),
            streak_open=np.zeros(n_learners, dtype=bool),
            taken=np.zeros((n_learners, slots), dtype=bool),
        )

    def part(self, index: Any) -> "Recent":
        """Return the learners that ``index`` selects."""
        return Recent(
            categories=self.categories[index],
            types=self.types[index],
            streak_open=self.streak_open[index],
            taken=self.taken[index],
        )
