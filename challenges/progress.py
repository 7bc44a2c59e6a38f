"""How answers move a challenge; pure.

quiz, category_focus    each answer in the topic counts
accuracy_challenge      right answers among ``requirement``; a missed attempt starts again with the next answer
speed_challenge         the same within the minutes, from the first answer of the attempt; earlier ones do not count
perfect_score           a closed round of at least ``requirement`` questions without a mistake
streak                  days of practice from the challenge's day on, in a row or not
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learners.api import ActivityFact

ANSWER = "answer"
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one challenge stands."""

    kind: str
    category_id: int | None
    requirement: int
    target_correct: int = 0  # 0: none
    minutes: int = 0  # 0: none
    in_a_row: bool = False
    progress: int = 0
    answered: int = 0  # in the attempt under way
    attempt_at: datetime | None = None

    @property
    def goal(self) -> int:
        """Return the progress that completes it."""
        return self.target_correct or self.requirement

    @property
    def is_complete(self) -> bool:
        return self.progress >= self.goal


def advance(standing: Standing, fact: "ActivityFact") -> Standing:
    """Return the standing after one more activity; unchanged where it does not count."""
    if standing.is_complete:
        return standing
    if standing.kind == "perfect_score":
        return _round(standing, fact)
    if fact.kind != ANSWER or not _in_topic(standing, fact.category_id):
        return standing
    if standing.kind in {"quiz", "category_focus"}:
        return replace(standing, progress=standing.progress + 1)
    if standing.kind in {"accuracy_challenge", "speed_challenge"} and fact.correct is not None:
        return _attempt(standing, fact)
    return standing


def days_done(standing: Standing, first: date, practised: Collection[date], today: date) -> Standing:
    """Return the standing of a streak challenge of day ``first``, given the days of practice."""
    run = best = 0
    for offset in range(WEEK):
        day = first + timedelta(days=offset)
        if day > today:
            break
        if day in practised:
            run += 1
        elif standing.in_a_row:
            run = 0
        best = max(best, run)
    return replace(standing, progress=min(best, standing.requirement))


def _in_topic(standing: Standing, category_id: int | None) -> bool:
    return standing.category_id is None or standing.category_id == category_id


def _round(standing: Standing, fact: "ActivityFact") -> Standing:
    """Count the right answers of a round that is faultless so far; only a closed one completes."""
    if fact.round is None or fact.round.planned < standing.requirement:
        return standing
    if not _in_topic(standing, fact.round.category_id):
        return standing
    if fact.round.faultless:
        return replace(standing, progress=standing.requirement) if fact.round.closed_by_this else standing
    clean = fact.round.correct == fact.round.answered and not fact.round.closed
    return replace(standing, progress=min(fact.round.correct, standing.requirement - 1) if clean else 0)


def happened_at(fact: "ActivityFact") -> datetime:
    """Return when the activity happened: by the sender's clock where it can be right, else by ours."""
    return fact.occurred_at if fact.trusted_time else fact.received_at


def _attempt(standing: Standing, fact: "ActivityFact") -> Standing:
    at = happened_at(fact)
    if standing.minutes and standing.attempt_at is not None and at < standing.attempt_at:
        return standing
    missed = standing.answered >= standing.requirement or _is_late(standing, at)
    if missed or standing.attempt_at is None:
        standing = replace(standing, progress=0, answered=0, attempt_at=_begun(fact, at))
    if _is_late(standing, at):
        return standing
    return replace(standing, answered=standing.answered + 1, progress=standing.progress + bool(fact.correct))


def _begun(fact: "ActivityFact", at: datetime) -> datetime:
    """Return when the first question was shown, as far as known."""
    return at - timedelta(seconds=fact.seconds or 0.0)


def _is_late(standing: Standing, at: datetime) -> bool:
    if not standing.minutes or standing.attempt_at is None:
        return False
    return at - standing.attempt_at > timedelta(minutes=standing.minutes)
