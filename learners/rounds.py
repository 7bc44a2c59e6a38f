"""A round while its answers come in: it counts, and closes when it is full or closed by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from learners.facts import RoundFact

OPEN_FOR = timedelta(hours=24)


@dataclass(slots=True)
class OpenRound:
    """A `Round` row, movable."""

    id: int
    learner_id: int
    kind: str
    category_id: int | None
    planned: int
    answered: int
    correct: int
    seconds: float
    opened_at: datetime
    closed_at: datetime | None = None
    closed_now: bool = False  # by the batch in hand

    @property
    def faultless(self) -> bool:
        return self.closed_at is not None and self.answered == self.planned == self.correct

    def takes_answers(self, now: datetime) -> bool:
        """Say whether an answer received at ``now`` may still count in it."""
        return self.closed_at is None and now < self.opened_at + OPEN_FOR

    def add(self, *, correct: bool | None, seconds: float | None, at: datetime) -> RoundFact:
        """Count one activity; the answer that fills the round closes it."""
        if correct is not None:
            self.answered += 1
            self.correct += correct
        self.seconds += seconds or 0.0
        return self.close(at) if self.answered >= self.planned else self.fact(closed_by_this=False)

    def close(self, at: datetime) -> RoundFact:
        """Close the round and say so."""
        self.closed_at = at
        self.closed_now = True
        return self.fact(closed_by_this=True)

    def fact(self, *, closed_by_this: bool) -> RoundFact:
        """Return the round as it stands."""
        return RoundFact(
            id=self.id,
            kind=self.kind,
            category_id=self.category_id,
            planned=self.planned,
            answered=self.answered,
            correct=self.correct,
            seconds=self.seconds,
            closed=self.closed_at is not None,
            closed_by_this=closed_by_this,
        )
