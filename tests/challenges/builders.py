"""Learners with a history, for tests of challenges; numbers small enough to check by hand."""

from datetime import date, datetime, timedelta
from typing import Any

from challenges.services.setup import setup
from learners.common.languages import OURS, localized_all
from learners.models import Category, LearnerProfile, LearnerState, SkillEstimate
from tests.factories import NOON, LearnerProfileFactory

TODAY = NOON.date()
TOPICS = ("traffic_signs", "priority_rules", "road_markings", "parking_rules")


def a_site(now: datetime = NOON) -> list[Category]:
    """Set up types, texts and settings, and four topics in Norwegian and English."""
    setup(now=now)
    return [
        Category.objects.create(
            code=code,
            position=place,
            **localized_all(
                {
                    "label": dict.fromkeys(OURS, code.capitalize()),
                    "bare": dict.fromkeys(OURS, f"tema {code}"),
                    "definite": dict.fromkeys(OURS, f"temaet {code}"),
                }
            ),
        )
        for place, code in enumerate(TOPICS)
    ]


def a_learner(
    *, answers: int = 0, topics: list[Category] | None = None, thetas: tuple[float, ...] = (), **profile: Any
) -> LearnerProfile:
    """Return a learner whose answers are spread evenly over the topics, the last ones yesterday."""
    learner: LearnerProfile = LearnerProfileFactory(**profile)
    LearnerState.objects.create(
        learner=learner, n_answers=answers, last_at=NOON - timedelta(days=1) if answers else None, version=answers
    )
    if answers and topics:
        SkillEstimate.objects.bulk_create(
            SkillEstimate(
                learner=learner,
                category=topic,
                n=answers // len(topics),
                theta=thetas[place] if thetas else 0.0,
                last_at=NOON - timedelta(days=1),
                p=0.75,
                p_by="elo-1",
            )
            for place, topic in enumerate(topics)
        )
    return learner


def rows_of(day: date = TODAY) -> list[tuple[Any, ...]]:
    """Return all that was chosen for ``day``, without ids and times."""
    from challenges.models import Challenge

    names = [
        field.attname
        for field in Challenge._meta.concrete_fields
        if field.attname not in {"id", "created_at", "completed_at", "attempt_at"}
    ]
    rows = Challenge.objects.filter(local_date=day).order_by("learner_id", "slot")
    return list(rows.values_list(*names))
