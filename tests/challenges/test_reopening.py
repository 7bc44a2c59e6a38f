from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from challenges.models import Challenge, ChallengeType, Status
from challenges.services.abandoning import NotOpen, abandon
from challenges.services.days import make_days
from challenges.services.reopening import AnotherDayReopened, Expired, NotMissed, reopen
from learners.models import Event, LearnerProfile
from rewards.api import LedgerEntry
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.challenges.test_advancing import answers
from tests.factories import NOON

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - timedelta(days=1)


def missed(learner: LearnerProfile, *, day: date = YESTERDAY, kind: str = "quiz", **values: object) -> Challenge:
    """Return the one challenge that the learner had on ``day``: two questions for 40 XP unless said otherwise."""
    make_days(learners_by_day={day: [learner.pk]}, now=NOON - timedelta(days=1))
    learner.challenges.filter(local_date=day).exclude(slot=0).delete()
    criterion = {"category": None, "requirement": 2, "target_correct": None, "minutes": None, "xp": 40, "bonus": 0}
    learner.challenges.filter(local_date=day).update(type=ChallengeType.objects.get(code=kind), **(criterion | values))
    return learner.challenges.get(local_date=day)


class TestReopen:
    def test_lets_answers_complete_a_missed_day_at_the_same_xp(self) -> None:
        a_site()
        learner = a_learner()
        challenge = missed(learner)

        reopen(challenge=challenge, today=TODAY, now=NOON)
        answers(learner, 2)

        challenge.refresh_from_db()
        assert (challenge.status, challenge.progress) == (Status.COMPLETED, 2)
        paid = LedgerEntry.objects.get(source=f"challenge:{challenge.pk}")
        assert (paid.amount, paid.local_date) == (40, TODAY)

    def test_leaves_todays_challenges_moving(self) -> None:
        a_site()
        learner = a_learner()
        challenge = missed(learner)
        make_days(learners_by_day={TODAY: [learner.pk]}, now=NOON)
        learner.challenges.filter(local_date=TODAY).update(
            type=ChallengeType.objects.get(code="quiz"), category=None, requirement=9
        )

        reopen(challenge=challenge, today=TODAY, now=NOON)
        answers(learner, 1)

        assert set(learner.challenges.filter(local_date=TODAY).values_list("progress", flat=True)) == {1}
        challenge.refresh_from_db()
        assert challenge.progress == 1

    def test_twice_changes_nothing(self) -> None:
        a_site()
        challenge = missed(a_learner())

        reopen(challenge=challenge, today=TODAY, now=NOON)
        again = reopen(challenge=challenge, today=TODAY, now=NOON + timedelta(hours=1))

        assert again.reopened_at == NOON
        assert Event.objects.filter(name="challenge.reopened").count() == 1

    def test_does_not_count_answers_from_before(self) -> None:
        a_site()
        learner = a_learner()
        challenge = missed(learner)

        answers(learner, 1)
        reopen(challenge=challenge, today=TODAY, now=NOON + timedelta(minutes=1))
        answers(learner, 1, first=1, at=NOON + timedelta(minutes=2))

        challenge.refresh_from_db()
        assert (challenge.progress, challenge.status) == (1, Status.OPEN)

    def test_takes_one_older_day_at_a_time(self) -> None:
        a_site()
        learner = a_learner()
        first, second = missed(learner), missed(learner, day=TODAY - timedelta(days=2))
        reopen(challenge=first, today=TODAY, now=NOON)

        with pytest.raises(AnotherDayReopened):
            reopen(challenge=second, today=TODAY, now=NOON)

        abandon(challenge=first, now=NOON)
        assert reopen(challenge=second, today=TODAY, now=NOON).reopened_at == NOON

    def test_makes_room_when_the_other_day_has_expired(self) -> None:
        a_site()
        learner = a_learner()
        old = missed(learner, day=TODAY - timedelta(days=6))
        reopen(challenge=old, today=TODAY, now=NOON)
        newer = missed(learner)

        reopened = reopen(challenge=newer, today=TODAY + timedelta(days=1), now=NOON + timedelta(days=1))

        old.refresh_from_db()
        assert (reopened.reopened_at, old.reopened_at) == (NOON + timedelta(days=1), None)

    def test_ends_after_seven_days(self) -> None:
        a_site()
        learner = a_learner()
        challenge = missed(learner, day=TODAY - timedelta(days=6))
        reopen(challenge=challenge, today=TODAY, now=NOON)

        answers(learner, 2, at=NOON + timedelta(days=1))

        challenge.refresh_from_db()
        assert challenge.progress == 0

    def test_refuses_a_week_ago(self) -> None:
        a_site()
        challenge = missed(a_learner(), day=TODAY - timedelta(days=7))

        with pytest.raises(Expired):
            reopen(challenge=challenge, today=TODAY, now=NOON)

    @pytest.mark.parametrize(("day", "kind"), [(TODAY, "quiz"), (YESTERDAY, "streak")])
    def test_refuses_what_runs_by_itself(self, day: date, kind: str) -> None:
        a_site()
        challenge = missed(a_learner(), day=day, kind=kind)

        with pytest.raises(NotMissed):
            reopen(challenge=challenge, today=TODAY, now=NOON)

    @pytest.mark.parametrize("status", [Status.COMPLETED, Status.ABANDONED])
    def test_refuses_what_is_closed(self, status: Status) -> None:
        a_site()
        challenge = missed(a_learner(), status=status)

        with pytest.raises(NotOpen):
            reopen(challenge=challenge, today=TODAY, now=NOON)

    def test_of_two_days_is_refused_by_the_database_too(self) -> None:
        a_site()
        learner = a_learner()
        missed(learner)
        missed(learner, day=TODAY - timedelta(days=2))

        with pytest.raises(IntegrityError), transaction.atomic():
            learner.challenges.update(reopened_at=NOON)
