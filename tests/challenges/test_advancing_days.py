"""On which days an answer counts: zones, clocks that change, frozen days, answers that come late or in disorder."""

from datetime import UTC, date, datetime, timedelta

import pytest

from challenges.models import Challenge, Status
from learners.api import NewActivity, record_activities
from learners.models import LearnerProfile, LearnerState
from rewards.api import LedgerEntry
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.challenges.test_advancing import answers
from tests.challenges.test_reopening import missed as one_challenge
from tests.factories import NOON, SourceFactory

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - timedelta(days=1)


def standing(challenge: Challenge) -> tuple[int, int]:
    challenge.refresh_from_db()
    return challenge.progress, challenge.status


def a_streak(learner: LearnerProfile, first: date, *, days: int) -> Challenge:
    return one_challenge(learner, day=first, kind="streak", requirement=days, in_a_row=True)


def three_right_in_two_minutes(learner: LearnerProfile) -> Challenge:
    return one_challenge(learner, day=TODAY, kind="speed_challenge", requirement=3, target_correct=3, minutes=2)


class TestDaysInARow:
    @pytest.mark.parametrize(
        ("first", "instants"),
        [
            # Oslo, the long night of 25 October 2026: 23:30, 23:30 and 00:10 by the wall clock
            (
                date(2026, 10, 24),
                [
                    datetime(2026, 10, 24, 21, 30, tzinfo=UTC),
                    datetime(2026, 10, 25, 22, 30, tzinfo=UTC),
                    datetime(2026, 10, 25, 23, 10, tzinfo=UTC),
                ],
            ),
            # and the short one of 28 March 2027: 23:30, 23:30 and 00:10
            (
                date(2027, 3, 27),
                [
                    datetime(2027, 3, 27, 22, 30, tzinfo=UTC),
                    datetime(2027, 3, 28, 21, 30, tzinfo=UTC),
                    datetime(2027, 3, 28, 22, 10, tzinfo=UTC),
                ],
            ),
        ],
    )
    def test_are_the_learners_own_where_the_clocks_change(self, first: date, instants: list[datetime]) -> None:
        a_site()
        learner = a_learner(zone="Europe/Oslo")
        challenge = a_streak(learner, first, days=3)

        for number, instant in enumerate(instants):
            answers(learner, 1, at=instant, first=number)

        assert standing(challenge) == (3, Status.COMPLETED)

    def test_are_broken_by_a_frozen_day(self) -> None:
        a_site()
        learner = a_learner()
        challenge = a_streak(learner, TODAY, days=2)

        answers(learner, 1)
        answers(learner, 1, at=NOON + timedelta(days=2), first=1)

        assert LearnerState.objects.get(learner=learner).streak == 2  # a freeze bridged the day between
        assert standing(challenge) == (1, Status.OPEN)

    def test_count_a_day_once(self) -> None:
        a_site()
        learner = a_learner()
        challenge = a_streak(learner, TODAY, days=2)

        answers(learner, 5)

        assert standing(challenge) == (1, Status.OPEN)


class TestZones:
    @pytest.mark.parametrize(
        ("zone", "today"),
        [
            ("Pacific/Auckland", TODAY + timedelta(days=1)),  # 01:00 on Sunday
            ("America/Los_Angeles", TODAY),  # 04:00 on Saturday
            ("Pacific/Midway", TODAY),  # 01:00 on Saturday
        ],
    )
    def test_decide_whose_day_it_is(self, zone: str, today: date) -> None:
        a_site()
        learner = a_learner(zone=zone)
        own = one_challenge(learner, day=today)
        day_before = one_challenge(learner, day=today - timedelta(days=1))

        answers(learner, 2)

        assert standing(own) == (2, Status.COMPLETED)
        assert standing(day_before) == (0, Status.OPEN)
        assert LedgerEntry.objects.get(source=f"challenge:{own.pk}").local_date == today


class TestLateAnswers:
    def test_count_for_the_day_of_receipt(self) -> None:
        a_site()
        learner = a_learner()
        before, now = one_challenge(learner, day=YESTERDAY), one_challenge(learner, day=TODAY)

        answers(learner, 1, occurred_at=NOON - timedelta(days=1))

        assert standing(before)[0] == 0
        assert standing(now)[0] == 1

    def test_in_disorder_keep_the_time_limit(self) -> None:
        a_site()
        learner = a_learner()
        challenge = three_right_in_two_minutes(learner)

        send(learner, seconds=[110, 0, 60])

        assert standing(challenge) == (3, Status.COMPLETED)

    def test_in_disorder_do_not_stretch_it(self) -> None:
        a_site()
        learner = a_learner()
        challenge = three_right_in_two_minutes(learner)

        send(learner, seconds=[130, 0, 60])

        assert standing(challenge) == (1, Status.OPEN)


class TestTwice:
    def test_the_same_batch_moves_and_pays_once(self) -> None:
        a_site()
        learner = a_learner()
        challenge = one_challenge(learner, day=TODAY, requirement=3)

        for _ in range(3):
            answers(learner, 2)

        assert standing(challenge) == (2, Status.OPEN)

    def test_a_completed_challenge_pays_its_xp_and_bonus_as_one_entry_and_explains_both(self) -> None:
        a_site()
        learner = a_learner()
        challenge = one_challenge(learner, day=TODAY, requirement=1, xp=68, bonus=9)

        answers(learner, 1)

        outcome = learner.activities.get().outcome
        assert outcome is not None
        (told,) = outcome["challenges"]["challenges"]
        assert told["paid"] == [{"amount": 68, "for": "challenge_completed"}, {"amount": 9, "for": "challenge_bonus"}]
        assert [entry.amount for entry in LedgerEntry.objects.filter(source=f"challenge:{challenge.pk}")] == [77]

    def test_without_a_bonus_only_the_xp_is_explained(self) -> None:
        a_site()
        learner = a_learner()
        one_challenge(learner, day=TODAY, requirement=1, xp=68, bonus=0)

        answers(learner, 1)

        outcome = learner.activities.get().outcome
        assert outcome is not None
        assert outcome["challenges"]["challenges"][0]["paid"] == [{"amount": 68, "for": "challenge_completed"}]


def send(learner: LearnerProfile, *, seconds: list[int]) -> None:
    """Record right answers in one batch, each given so many seconds after a quarter to noon."""
    begun = NOON - timedelta(minutes=15)
    new = [
        NewActivity(
            client_id=f"s{number}",
            learner=str(learner.uuid),
            category="traffic_signs",
            correct=True,
            occurred_at=begun + timedelta(seconds=after),
        )
        for number, after in enumerate(seconds)
    ]
    record_activities(activities=new, source=SourceFactory.create(), now=NOON)
