"""Many completions of one challenge at the same moment pay once."""

import pytest

from challenges.models import Status
from challenges.services.reopening import AnotherDayReopened, reopen
from learners.api import NewActivity, record_activities
from learners.models import Event, LearnerProfile, Source
from rewards.api import LedgerEntry, verify_ledger
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.challenges.test_reopening import missed as one_challenge
from tests.factories import NOON, SourceFactory
from tests.processes import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration, pytest.mark.services]

TOGETHER = 20


def complete(learner: LearnerProfile, source: Source, client_id: str) -> None:
    answer = NewActivity(client_id=client_id, learner=str(learner.uuid), category="traffic_signs", correct=True)
    record_activities(activities=[answer], source=source, now=NOON)


@pytest.mark.parametrize("same_answer", [True, False])
def test_twenty_completions_at_once_pay_once(same_answer: bool) -> None:
    a_site()
    learner, source = a_learner(), SourceFactory.create()
    challenge = one_challenge(learner, day=TODAY, requirement=1, xp=40, bonus=5)

    at_once(
        lambda number: complete(learner, source, "a" if same_answer else f"a{number}"),
        processes=TOGETHER,
    )

    challenge.refresh_from_db()
    assert (challenge.status, challenge.progress) == (Status.COMPLETED, 1)
    assert [entry.amount for entry in LedgerEntry.objects.filter(source=f"challenge:{challenge.pk}")] == [45]
    assert Event.objects.filter(name="challenge.completed").count() == 1
    assert learner.activities.count() == (1 if same_answer else TOGETHER)
    assert verify_ledger().sound


def test_of_two_days_reopened_at_once_one_is_open() -> None:
    a_site()
    learner = a_learner()
    days = [one_challenge(learner, day=TODAY.replace(day=TODAY.day - back)) for back in (1, 2, 3, 4)]

    def work(number: int) -> bool:
        try:
            reopen(challenge=days[number], today=TODAY, now=NOON)
        except AnotherDayReopened:
            return False
        return True

    opened = at_once(work, processes=len(days))

    assert sum(opened) == 1
    assert learner.challenges.filter(reopened_at__isnull=False).count() == 1
