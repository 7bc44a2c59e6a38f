"""What the pages show of a learner's day, of the days before, and of rounds that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, Sum

from challenges.api import Challenge, Shown, Status, challenges_of, ensure_today, shown
from gamification_site.practice import selectors
from gamification_site.practice.models import Kind, PracticeRound
from gamification_site.practice.services import LENGTHS
from learners.api import Activity, LearnerDay, LearnerProfile, streak_of
from rewards.api import XP, Holdings, LedgerEntry, holdings_of

SIMULATED_ANSWER = "demo-"  # how the activities of made-up histories begin
DAYS_SHOWN = 28
ROUNDS_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A challenge of today and the practice that moves it."""

    challenge: Shown
    reward: int  # XP and bonus
    category: str  # to practise; empty: all topics
    length: int  # of a fitting round; 0: there is nothing to open

    @property
    def is_open(self) -> bool:
        return self.challenge.status == "open"

    @property
    def is_completed(self) -> bool:
        return self.challenge.status == "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """A learner's day so far."""

    day: date
    challenges: Sequence[Offered]
    streak_days: int
    best_streak: int
    freezes_left: int
    practised: bool  # today
    points: Holdings
    waiting: Sequence[PracticeRound]  # opened and not over


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day of practice, looked back upon."""

    day: date
    answers: int
    correct: int
    xp: int
    challenges: int  # completed
    simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TestShown:
    """A mock test that was taken."""

    round: PracticeRound
    correct: int
    passed: bool


def today(learner: LearnerProfile, *, now: datetime) -> Today:
    """Return the learner's day; its challenges are made at first sight."""
    day = ensure_today(learner=learner, now=now)
    topics = selectors.topic_labels()
    streak = streak_of(learner, now=now)
    rows = shown(list(challenges_of(learner, day=day)), today=day)
    return Today(
        day=day,
        challenges=[_offered(row, topics) for row in rows],
        streak_days=streak.days,
        best_streak=streak.best,
        freezes_left=streak.freezes_left,
        practised=streak.active_today,
        points=holdings_of(learner_id=learner.pk),
        waiting=waiting(learner, now=now),
    )


def _offered(challenge: Shown, topics: dict[str, str]) -> Offered:
    category = challenge.category or ""
    can_practise = challenge.unit != "days" and (not category or category in topics)
    wanted = challenge.requirement if challenge.unit == "round" else challenge.goal - challenge.progress
    return Offered(
        challenge=challenge,
        reward=challenge.xp + challenge.bonus,
        category=category,
        length=next((length for length in LENGTHS if length >= wanted), LENGTHS[-1]) if can_practise else 0,
    )


def waiting(learner: LearnerProfile, *, now: datetime) -> list[PracticeRound]:
    """Return the newest rounds that were begun and still take answers; a mock test begins when it is opened."""
    begun = Q(position__gt=0) | Q(kind=Kind.MOCK_TEST)
    rows = PracticeRound.objects.filter(begun, learner=learner, closed_at=None).order_by("-id")[:ROUNDS_SHOWN]
    return [row for row in rows if not row.is_over(now)]


def days_of(learner: LearnerProfile) -> list[DayShown]:
    """Return the newest days on which the learner did something: four statements."""
    rows = list(LearnerDay.objects.filter(learner=learner, activities__gt=0).order_by("-local_date")[:DAYS_SHOWN])
    if not rows:
        return []
    since = rows[-1].local_date
    earned = dict(
        LedgerEntry.objects.filter(learner=learner, currency=XP, local_date__gte=since)
        .values_list("local_date")
        .annotate(Sum("amount"))
    )
    completed = dict(
        Challenge.objects.filter(learner=learner, local_date__gte=since, status=Status.COMPLETED)
        .values_list("local_date")
        .annotate(Count("id"))
    )
    simulated = _simulated_through(learner)
    return [
        DayShown(
            day=row.local_date,
            answers=row.answers,
            correct=row.correct,
            xp=earned.get(row.local_date, 0),
            challenges=completed.get(row.local_date, 0),
            simulated=simulated is not None and row.local_date <= simulated,
        )
        for row in rows
    ]


def _simulated_through(learner: LearnerProfile) -> date | None:
    """Return the last day of the learner's made-up history; None for a learner without one."""
    rows = Activity.objects.filter(
        learner=learner, source__code=selectors.SOURCE, client_id__startswith=SIMULATED_ANSWER
    )
    newest: date | None = rows.aggregate(newest=Max("local_date"))["newest"]
    return newest


def tests_of(learner: LearnerProfile, *, now: datetime) -> list[TestShown]:
    """Return the newest mock tests that are over."""
    rows: Any = selectors.rounds_of(learner.user).filter(kind=Kind.MOCK_TEST)[:ROUNDS_SHOWN]
    return [
        TestShown(round=row, correct=row.correct, passed=bool(selectors.passed(row, correct=row.correct, now=now)))
        for row in rows
        if row.is_over(now)
    ]
