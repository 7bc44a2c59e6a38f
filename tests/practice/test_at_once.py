"""One question answered by two phones at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gamification_site.practice import services
from gamification_site.practice.errors import AnsweredOtherwise
from gamification_site.practice.models import PracticeAnswer, PracticeRound
from learners.models import Activity
from tests.factories import NOON
from tests.learners.rest import learner_with_user, set_up

PHONES = 8


def answer(practice_id: int, option: int) -> bool:
    """Answer the first question as one phone does, and say whether the answer was taken."""
    try:
        practice = PracticeRound.objects.select_related("learner").get(pk=practice_id)
        found = services.submit(practice=practice, position=0, option=option, now=NOON)
    except AnsweredOtherwise:
        return False
    else:
        return found.option == option
    finally:
        connection.close()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
class TestTwoPhones:
    def test_with_one_option_record_one_answer(self) -> None:
        set_up()
        practice = services.open_round(learner=learner_with_user(), kind="practice", length=5, now=NOON)

        with ThreadPoolExecutor(PHONES) as pool:
            taken = list(pool.map(lambda option: answer(practice.pk, option), [2] * PHONES))

        assert taken == [True] * PHONES
        assert Activity.objects.filter(kind="answer").count() == PracticeAnswer.objects.count() == 1

    def test_with_different_options_record_the_first(self) -> None:
        set_up()
        practice = services.open_round(learner=learner_with_user(), kind="practice", length=5, now=NOON)

        with ThreadPoolExecutor(PHONES) as pool:
            taken = list(pool.map(lambda phone: answer(practice.pk, phone % 4), range(PHONES)))

        standing = PracticeAnswer.objects.get()
        assert taken == [phone % 4 == standing.option for phone in range(PHONES)]
        assert Activity.objects.get(kind="answer").correct == standing.correct
        practice.refresh_from_db()
        assert practice.position == 1
