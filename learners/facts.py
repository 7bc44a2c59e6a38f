"""What travels along the handlers: facts about activities, and what each room made of them.

Frozen values, no model instances: a handler gets the same facts from a request, an import and a replay.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFact:
    """A round as it stands after an activity."""

    id: int
    kind: str
    category_id: int | None
    planned: int
    answered: int
    correct: int
    seconds: float  # summed over its answers
    closed: bool
    closed_by_this: bool  # this very activity closed it: only now does it count as a quiz

    @property
    def faultless(self) -> bool:
        return self.closed and self.answered == self.planned == self.correct


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFact:
    """One recorded activity of one learner, with the learner's state right after it."""

    id: int
    learner_id: int
    source_id: int
    client_id: str
    kind: str
    category_id: int | None
    category_code: str | None
    item_id: int | None
    correct: bool | None  # None: not graded
    value: float | None
    seconds: float | None
    received_at: datetime
    occurred_at: datetime
    trusted_time: bool
    local_date: date
    predicted: float | None  # P(correct) before the answer
    predicted_by: str
    streak: int  # days in a row, freezes counted
    answers_today: int  # this learner's answers of this local date, this one included
    right_in_a_row: int = 0  # right answers up to and with this one, at most 20; 0 after a wrong one
    round: RoundFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to append: a dotted name in the past tense and ids, codes and numbers; never personal text."""

    name: str
    learner_id: int
    data: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFact:
    """One ledger movement that was really written (a replayed source writes none)."""

    learner_id: int
    currency: str
    amount: int
    source: str
    reason: str
    local_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one room made of one activity; ``data`` is stored on the activity under ``room``."""

    activity_id: int
    learner_id: int
    room: str
    data: Json
    events: tuple[NewEvent, ...] = ()
    entries: tuple[EntryFact, ...] = ()


def fact_to_json(fact: ActivityFact) -> dict[str, Any]:
    """Return ``fact`` as plain JSON values; `fact_from_json` gives it back."""
    plain = asdict(fact)
    plain["received_at"] = fact.received_at.isoformat()
    plain["occurred_at"] = fact.occurred_at.isoformat()
    plain["local_date"] = fact.local_date.isoformat()
    return plain


def fact_from_json(plain: Json) -> ActivityFact:
    """Return the fact that `fact_to_json` wrote."""
    values = dict(plain)
    values["received_at"] = datetime.fromisoformat(values["received_at"])
    values["occurred_at"] = datetime.fromisoformat(values["occurred_at"])
    values["local_date"] = date.fromisoformat(values["local_date"])
    values["round"] = RoundFact(**values["round"]) if values["round"] else None
    return ActivityFact(**values)
