from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from challenges.handlers import on_activities
from challenges.models import Challenge, ChallengeType, Status
from challenges.services.abandoning import NotOpen, abandon
from challenges.services.days import ensure_today
from challenges.signals import challenge_completed
from learners.api import ActivityFact, NewActivity, record_activities
from learners.models import Activity, Event, LearnerProfile, Source
from rewards.api import LedgerEntry
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.challenges.test_progress import ANSWER
from tests.factories import NOON, SourceFactory

pytestmark = pytest.mark.django_db


def answers(learner: LearnerProfile, number: int, *, at: datetime = NOON, first: int = 0, **given: Any) -> list[str]:
    """Record answers of one learner and return their client ids."""
    source = Source.objects.first() or SourceFactory()
    new = [
        NewActivity(
            client_id=f"a{first + index}",
            learner=str(learner.uuid),
            kind="answer",
            **{"category": "traffic_signs", "correct": True, **given},
        )
        for index in range(number)
    ]
    return [row.client_id for row in record_activities(activities=new, source=source, now=at)]


def only(kind: str, learner: LearnerProfile, **values: object) -> Challenge:
    """Leave the learner one challenge of a kind, with the given criterion."""
    ensure_today(learner=learner, now=NOON)
    learner.challenges.exclude(slot=0).delete()
    learner.challenges.update(type=ChallengeType.objects.get(code=kind), **values)
    return learner.challenges.get()


class TestAnswers:
    def test_complete_a_challenge_and_pay_it_once(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("quiz", learner, category=None, requirement=3, xp=40, bonus=5)

        answers(learner, 3)
        answers(learner, 3)
        answers(learner, 2, first=3)

        challenge.refresh_from_db()
        assert (challenge.status, challenge.progress) == (Status.COMPLETED, 3)
        assert challenge.completed_at == NOON
        paid = LedgerEntry.objects.filter(source=f"challenge:{challenge.pk}")
        assert [entry.amount for entry in paid] == [45]
        assert Event.objects.filter(name="challenge.completed").count() == 1

    def test_say_what_they_moved(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("quiz", learner, category=None, requirement=2, xp=40, bonus=0)

        answers(learner, 2)

        first, second = Activity.objects.order_by("client_id").values_list("outcome", flat=True)
        assert first
        assert second
        (moved,) = first["challenges"]["challenges"]
        (done,) = second["challenges"]["challenges"]
        assert (moved["id"], moved["progress"], moved["goal"], moved["completed"]) == (challenge.pk, 1, 2, False)
        assert (done["progress"], done["completed"], done["xp"]) == (2, True, 40)

    def test_before_the_first_page_view_count(self) -> None:
        a_site()
        learner = a_learner()

        answers(learner, 1)

        assert learner.challenges.filter(local_date=TODAY).count() == 3

    def test_move_nothing_of_yesterday(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("quiz", learner, category=None, requirement=3)

        answers(learner, 3, at=NOON + timedelta(days=1))

        challenge.refresh_from_db()
        assert (challenge.progress, challenge.status) == (0, Status.OPEN)

    def test_on_three_days_in_a_row_complete_a_streak(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("streak", learner, category=None, requirement=3, in_a_row=True, xp=20, bonus=0)

        for day in range(3):
            answers(learner, 1, at=NOON + timedelta(days=day), first=day)

        challenge.refresh_from_db()
        assert (challenge.progress, challenge.status) == (3, Status.COMPLETED)
        assert LedgerEntry.objects.get(source=f"challenge:{challenge.pk}").local_date == TODAY + timedelta(days=2)

    def test_of_a_wrong_topic_do_not_count(self) -> None:
        topics = a_site()
        learner = a_learner()
        challenge = only("category_focus", learner, category=topics[1], requirement=3)

        answers(learner, 3)

        challenge.refresh_from_db()
        assert challenge.progress == 0

    def test_cost_two_statements_where_nothing_is_completed(self) -> None:
        a_site()
        learner = a_learner()
        only("quiz", learner, category=None, requirement=9)
        answers(learner, 1)
        batch = [_fact(learner, activity) for activity in Activity.objects.all()]

        with CaptureQueriesContext(connection) as one:
            on_activities(batch, earlier=[], now=NOON)

        assert len(one) == 2

    def test_make_a_missing_day_in_the_same_number_of_statements_for_any_number_of_learners(self) -> None:
        a_site()
        one = [replace(ANSWER, id=1, learner_id=a_learner().pk)]
        many = [replace(ANSWER, id=number, learner_id=a_learner().pk) for number in range(2, 22)]

        with CaptureQueriesContext(connection) as few:
            on_activities(one, earlier=[], now=NOON)
        with CaptureQueriesContext(connection) as more:
            on_activities(many, earlier=[], now=NOON)

        assert len(few) == len(more) <= 14
        assert Challenge.objects.count() == 63


class TestSignal(TestCase):
    def test_comes_after_commit(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("quiz", learner, category=None, requirement=1, xp=40, bonus=5)
        heard: list[tuple[int, int]] = []

        def listen(challenge_id: int, xp: int, **_: object) -> None:
            heard.append((challenge_id, xp))

        challenge_completed.connect(listen)
        try:
            with self.captureOnCommitCallbacks(execute=True):
                answers(learner, 1)
        finally:
            challenge_completed.disconnect(listen)

        assert heard == [(challenge.pk, 40)]


class TestAbandon:
    def test_closes_it_for_good(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("quiz", learner, category=None, requirement=2)

        abandon(challenge=challenge, now=NOON)
        abandon(challenge=challenge, now=NOON)
        answers(learner, 2)

        challenge.refresh_from_db()
        assert (challenge.status, challenge.progress) == (Status.ABANDONED, 0)
        assert Event.objects.filter(name="challenge.abandoned").count() == 1

    def test_refuses_what_is_completed(self) -> None:
        a_site()
        learner = a_learner()
        challenge = only("quiz", learner, category=None, requirement=1)
        answers(learner, 1)

        with pytest.raises(NotOpen):
            abandon(challenge=challenge, now=NOON)


def _fact(learner: LearnerProfile, activity: Activity) -> ActivityFact:
    return replace(ANSWER, id=activity.pk, learner_id=learner.pk, client_id=activity.client_id)
