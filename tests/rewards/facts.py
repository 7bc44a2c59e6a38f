"""Facts for handlers, as learners tells them."""

from datetime import date
from typing import Any

from learners.facts import ActivityFact, RoundFact
from tests.factories import NOON

TODAY = date(2026, 11, 21)


def answer(activity_id: int, learner_id: int, **changes: Any) -> ActivityFact:
    """Return a right answer at noon; ``changes`` say what is different."""
    values: dict[str, Any] = {
        "id": activity_id,
        "learner_id": learner_id,
        "source_id": 1,
        "client_id": f"answer-{activity_id}",
        "kind": "answer",
        "category_id": None,
        "category_code": None,
        "item_id": None,
        "correct": True,
        "value": None,
        "seconds": 8.0,
        "received_at": NOON,
        "occurred_at": NOON,
        "trusted_time": True,
        "local_date": TODAY,
        "predicted": 0.5,
        "predicted_by": "elo-1",
        "streak": 1,
        "answers_today": 1,
        "right_in_a_row": 1,
    }
    return ActivityFact(**{**values, **changes})


def closed_round(round_id: int, *, answered: int, correct: int, by_this: bool = True) -> RoundFact:
    """Return a round that has all its answers."""
    return RoundFact(
        id=round_id,
        kind="practice",
        category_id=None,
        planned=answered,
        answered=answered,
        correct=correct,
        seconds=60.0,
        closed=True,
        closed_by_this=by_this,
    )
