"""The 36 features of the next answer, and the state of a learner that they are read from; pure, O(1) per answer.

The same two calls serve training, evaluation, refresh and serving: ``history.features(question, at)`` says what is
known before an answer, ``history.update(question, correct, at)`` moves the state after it. Counts enter as log1p, times
as log1p of seconds and −1 where unknown. A residual is the answer minus the item's share of right answers, so it says
how a learner does beyond how hard the questions are.
"""

from dataclasses import dataclass, field
from math import log1p
from struct import Struct
from typing import Any

from learners.api import elo

NAMES = (
    "item_logit",
    "category_logit",
    "item_n",
    "n_all",
    "wins_all",
    "accuracy_all",
    "residual_all",
    "category_answers",
    "category_wins",
    "category_accuracy",
    "category_residual",
    "item_answers",
    "item_wins",
    "item_last",
    "last",
    "category_last",
    "category_last_3",
    "last_5",
    "last_10",
    "last_20",
    "residual_5",
    "residual_20",
    "ewma_residual",
    "ewma_category",
    "streak",
    "category_streak",
    "theta",
    "category_theta",
    "elo_logit",
    "answers_since_category",
    "n_categories",
    "same_category",
    "gap",
    "category_gap",
    "item_gap",
    "session_answers",
)
WIDTH = len(NAMES)
UNKNOWN = -1.0  # below every known value, so that a tree can tell it apart
UNSEEN = 0.5  # an answer that was never given: halfway between wrong and right
PRIOR_ANSWERS = 2  # draw a short record towards the usual share of right answers
PRIOR_WINS = PRIOR_ANSWERS * elo.PRIOR_MEAN
RESIDUAL_PRIOR_ANSWERS = 5  # draw a short record towards what the items' difficulty explains
SESSION_BREAK_SECONDS = 30 * 60
SECONDS_PER_DAY = 86_400.0
RESIDUALS_KEPT = 20
_FIVE, _TEN, _TWENTY = (1 << 5) - 1, (1 << 10) - 1, (1 << 20) - 1
_THREE = (1 << 3) - 1
_ROW = Struct(f"{WIDTH}d")


@dataclass(slots=True, frozen=True)
class Question:
    """An item, its category, and how often others answer them right; made once and asked many times."""

    item: Any  # hashable; None where items are not told apart
    category: Any  # hashable; None where there is none
    item_logit: float
    category_logit: float
    item_n: int
    share: float = field(init=False)  # of right answers to the item, 0–1
    log_n: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", elo.sigmoid(self.item_logit))
        object.__setattr__(self, "log_n", log1p(self.item_n))


@dataclass(slots=True)
class CategoryHistory:
    """What a learner has shown in one category."""

    n: int = 0
    wins: int = 0
    residual: float = 0.0
    recent: int = 0  # packed results, newest in the lowest bit
    ewma: float = UNSEEN
    streak: int = 0  # right answers in a row
    theta: float = 0.0
    seen_at_answer: int = 0  # the learner's count of answers when the category was last seen
    last_at: float | None = None  # seconds


@dataclass(slots=True)
class ItemHistory:
    """What a learner has shown on one item."""

    n: int = 0
    wins: int = 0
    last: bool = False
    last_at: float | None = None  # seconds


_NEW_CATEGORY = CategoryHistory()
_NEW_ITEM = ItemHistory()


@dataclass(slots=True)
class LearnerHistory:
    """All that the features know of a learner."""

    n: int = 0
    wins: int = 0
    residual: float = 0.0
    residuals: list[float] = field(default_factory=list)  # the last twenty, oldest first
    recent: int = 0  # packed results, newest in the lowest bit
    ewma_residual: float = 0.0
    streak: int = 0  # right answers in a row
    theta: float = 0.0
    last_category: Any = None
    last_at: float | None = None  # seconds
    session_answers: int = 0
    categories: dict[Any, CategoryHistory] = field(default_factory=dict)
    items: dict[Any, ItemHistory] = field(default_factory=dict)

    def features(self, question: Question, at: float | None) -> tuple[float, ...]:
        """Return the features, in the order of `NAMES`, of an answer to ``question`` at second ``at``."""
        topic = self.categories.get(question.category, _NEW_CATEGORY)
        item = self.items.get(question.item, _NEW_ITEM)
        n, recent, residuals, topic_n = self.n, self.recent, self.residuals, topic.n
        gap, session = _gap(self.last_at, at), UNKNOWN
        if at is not None:
            session = 0.0 if self._is_new_session(at) else log1p(self.session_answers)
        return (
            question.item_logit,
            question.category_logit,
            question.log_n,
            log1p(n),
            log1p(self.wins),
            (self.wins + PRIOR_WINS) / (n + PRIOR_ANSWERS),
            self.residual / (n + RESIDUAL_PRIOR_ANSWERS),
            log1p(topic_n),
            log1p(topic.wins),
            (topic.wins + PRIOR_WINS) / (topic_n + PRIOR_ANSWERS),
            topic.residual / (topic_n + RESIDUAL_PRIOR_ANSWERS),
            log1p(item.n),
            log1p(item.wins),
            item.last if item.n else UNSEEN,
            recent & 1 if n else UNSEEN,
            topic.recent & 1 if topic_n else UNSEEN,
            (topic.recent.bit_count() + PRIOR_WINS) / (min(topic_n, 3) + PRIOR_ANSWERS),
            ((recent & _FIVE).bit_count() + PRIOR_WINS) / (min(n, 5) + PRIOR_ANSWERS),
            ((recent & _TEN).bit_count() + PRIOR_WINS) / (min(n, 10) + PRIOR_ANSWERS),
            (recent.bit_count() + PRIOR_WINS) / (min(n, 20) + PRIOR_ANSWERS),
            sum(residuals[-5:]) / 5,
            sum(residuals) / RESIDUALS_KEPT,
            self.ewma_residual,
            topic.ewma,
            log1p(self.streak),
            log1p(topic.streak),
            self.theta,
            topic.theta,
            question.item_logit + self.theta + topic.theta,
            log1p(n - topic.seen_at_answer) if topic_n else UNKNOWN,
            log1p(len(self.categories)),
            1.0 if n and question.category == self.last_category else 0.0,
            gap,
            _gap(topic.last_at, at),
            _gap(item.last_at, at),
            session,
        )

    def update(self, question: Question, correct: bool, at: float | None) -> None:
        """Move the state by one answer; ability moves as the online estimate of `learners` does."""
        topic = self.categories.get(question.category)
        if topic is None:
            topic = self.categories[question.category] = CategoryHistory()
        beyond_item = correct - question.share
        surprise = correct - self._expected(question, topic, at)
        self.theta += elo.learner_step(self.n) * surprise
        topic.theta += elo.category_step(topic.n) * surprise
        self.n += 1
        self.wins += correct
        self.residual += beyond_item
        self.residuals.append(beyond_item)
        if self.n > RESIDUALS_KEPT:
            del self.residuals[0]
        self.recent = ((self.recent << 1) | correct) & _TWENTY
        self.ewma_residual = 0.9 * self.ewma_residual + 0.1 * beyond_item
        self.streak = self.streak + 1 if correct else 0
        self.last_category = question.category
        self._update_category(topic, beyond_item, correct, at)
        if question.item is not None:
            self._update_item(question.item, correct, at)
        if at is not None:
            self.session_answers = 1 if self._is_new_session(at) else self.session_answers + 1
            self.last_at = at

    def _update_category(self, topic: CategoryHistory, beyond_item: float, correct: bool, at: float | None) -> None:
        topic.n += 1
        topic.wins += correct
        topic.residual += beyond_item
        topic.recent = ((topic.recent << 1) | correct) & _THREE
        topic.ewma = 0.7 * topic.ewma + 0.3 * correct
        topic.streak = topic.streak + 1 if correct else 0
        topic.seen_at_answer = self.n
        if at is not None:
            topic.last_at = at

    def _update_item(self, key: Any, correct: bool, at: float | None) -> None:
        item = self.items.get(key)
        if item is None:
            item = self.items[key] = ItemHistory()
        item.n += 1
        item.wins += correct
        item.last = correct
        if at is not None:
            item.last_at = at

    def _expected(self, question: Question, topic: CategoryHistory, at: float | None) -> float:
        p = elo.sigmoid(question.item_logit + self.theta + topic.theta)
        if at is None or topic.last_at is None:
            return p
        return elo.faded(p, (at - topic.last_at) / SECONDS_PER_DAY, topic.n)

    def _is_new_session(self, at: float) -> bool:
        return self.last_at is None or at - self.last_at > SESSION_BREAK_SECONDS


def write_row(matrix: memoryview, row: int, values: tuple[float, ...]) -> None:
    """Write one row of features into the bytes of a C-ordered float64 matrix of shape (rows, 36)."""
    _ROW.pack_into(matrix, row * _ROW.size, *values)


def _gap(before: float | None, at: float | None) -> float:
    if before is None or at is None:
        return UNKNOWN
    return log1p(max(at - before, 0.0))
