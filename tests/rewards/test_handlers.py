from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from learners.facts import Outcome
from learners.models import LearnerProfile
from rewards.api import XP, balance_of
from rewards.handlers import on_activities
from rewards.models import LedgerEntry, Price
from rewards.selectors import tariffs
from rewards.services.setup import setup
from tests.factories import NOON, LearnerProfileFactory
from tests.rewards.facts import TODAY, answer, closed_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _prices() -> None:
    setup(now=NOON)
    Price.objects.filter(code="daily_login").update(is_active=False)  # one deed at a time


@pytest.fixture
def learner() -> LearnerProfile:
    return LearnerProfileFactory()


def pay(*facts: Any) -> list[Outcome]:
    return on_activities(facts, earlier=[], now=NOON)


def reasons(outcome: Outcome) -> dict[str, int]:
    return {line["reason"]: line["xp"] for line in outcome.data["entries"]}


class TestAnswers:
    def test_a_right_answer_pays_two_and_says_so(self, learner: LearnerProfile) -> None:
        (outcome,) = pay(answer(1, learner.pk))

        assert outcome.data == {
            "xp": 2,
            "total_xp": 2,
            "entries": [{"reason": "question_correct", "xp": 2, "status": "applied", "limit": None}],
            "level": {"number": 1, "xp_from": 0, "next_xp": 150, "share": 0.0133, "reached": []},
        }
        assert [(fact.amount, fact.source) for fact in outcome.entries] == [(2, "activity:1:question_correct")]

    @pytest.mark.parametrize("correct", [False, None])
    def test_other_activities_pay_nothing_and_still_tell_the_total(
        self, learner: LearnerProfile, correct: bool | None
    ) -> None:
        pay(answer(1, learner.pk))

        (outcome,) = pay(answer(2, learner.pk, correct=correct, right_in_a_row=0))

        assert (outcome.data["xp"], outcome.data["total_xp"], outcome.entries) == (0, 2, ())

    def test_told_twice_it_pays_once(self, learner: LearnerProfile) -> None:
        pay(answer(1, learner.pk))

        (again,) = pay(answer(1, learner.pk))

        assert again.data["entries"] == [
            {"reason": "question_correct", "xp": 0, "status": "already_paid", "limit": None}
        ]
        assert balance_of(learner_id=learner.pk, currency=XP) == 2

    @pytest.mark.parametrize(("row", "paid"), [(4, 2), (5, 2 + 5), (6, 2), (10, 2 + 15), (15, 2)])
    def test_five_and_ten_right_in_a_row_pay_more(self, learner: LearnerProfile, row: int, paid: int) -> None:
        (outcome,) = pay(answer(1, learner.pk, right_in_a_row=row))

        assert outcome.data["xp"] == paid

    def test_a_hundred_answers_at_two_a_hundred_at_one_then_none(self, learner: LearnerProfile) -> None:
        outcomes = pay(*(answer(n, learner.pk) for n in range(1, 251)))

        paid = [outcome.data["xp"] for outcome in outcomes]
        assert paid == [2] * 100 + [1] * 100 + [0] * 50
        assert outcomes[-1].data["entries"][0]["status"] == "not_paid"
        assert outcomes[-1].data["entries"][0]["limit"] == "diminished"
        assert balance_of(learner_id=learner.pk, currency=XP) == 300

    def test_one_batch_pays_what_many_do(self) -> None:
        one, other = LearnerProfileFactory.create_batch(2)

        pay(*(answer(n, one.pk, right_in_a_row=min(n, 20)) for n in range(1, 131)))
        for n in range(1, 131):
            pay(answer(1000 + n, other.pk, right_in_a_row=min(n, 20)))

        assert balance_of(learner_id=one.pk, currency=XP) == 100 * 2 + 30 + 5 + 15
        assert balance_of(learner_id=other.pk, currency=XP) == 250

    def test_caps_begin_anew_with_the_learners_next_day(self, learner: LearnerProfile) -> None:
        Price.objects.filter(code="question_correct").update(daily_cap=2)

        outcomes = pay(
            answer(1, learner.pk), answer(2, learner.pk), answer(3, learner.pk, local_date=TODAY + timedelta(days=1))
        )

        assert [outcome.data["xp"] for outcome in outcomes] == [2, 0, 2]
        assert outcomes[1].data["entries"] == [
            {"reason": "question_correct", "xp": 0, "status": "not_paid", "limit": "capped"}
        ]


class TestRounds:
    def test_a_faultless_round_of_five_pays_ten_seven_and_seven(self, learner: LearnerProfile) -> None:
        facts = [answer(n, learner.pk) for n in range(1, 5)]
        last = answer(5, learner.pk, round=closed_round(9, answered=5, correct=5))

        outcomes = pay(*facts, last)

        assert reasons(outcomes[-1]) == {"question_correct": 2, "quiz_complete": 7, "quiz_perfect": 7}
        assert balance_of(learner_id=learner.pk, currency=XP) == 24

    def test_a_round_with_a_mistake_is_complete_and_not_perfect(self, learner: LearnerProfile) -> None:
        (outcome,) = pay(answer(1, learner.pk, round=closed_round(9, answered=5, correct=4)))

        assert reasons(outcome) == {"question_correct": 2, "quiz_complete": 7}

    def test_pays_only_at_the_activity_that_closed_it(self, learner: LearnerProfile) -> None:
        (outcome,) = pay(answer(1, learner.pk, round=closed_round(9, answered=5, correct=5, by_this=False)))

        assert reasons(outcome) == {"question_correct": 2}

    def test_a_round_closed_without_answers_pays_nothing(self, learner: LearnerProfile) -> None:
        (outcome,) = pay(
            answer(1, learner.pk, kind="round", correct=None, round=closed_round(9, answered=0, correct=0))
        )

        assert outcome.data["xp"] == 0


class TestDailyLogin:
    def test_the_days_first_practice_pays_five_once(self, learner: LearnerProfile) -> None:
        Price.objects.filter(code="daily_login").update(is_active=True)

        first, second = pay(answer(1, learner.pk), answer(2, learner.pk))
        (third,) = pay(answer(3, learner.pk))
        (tomorrow,) = pay(answer(4, learner.pk, local_date=TODAY + timedelta(days=1)))

        assert reasons(first) == {"daily_login": 5, "question_correct": 2}
        assert reasons(second) == reasons(third) == {"question_correct": 2}
        assert reasons(tomorrow) == {"daily_login": 5, "question_correct": 2}

    def test_a_round_that_is_merely_closed_is_no_practice(self, learner: LearnerProfile) -> None:
        Price.objects.filter(code="daily_login").update(is_active=True)

        (outcome,) = pay(
            answer(1, learner.pk, kind="round", correct=None, round=closed_round(9, answered=4, correct=2))
        )

        assert reasons(outcome) == {"quiz_complete": 7}


class TestLevels:
    def test_the_activity_that_crosses_a_level_tells_it(self, learner: LearnerProfile) -> None:
        Price.objects.filter(code="question_correct").update(base=Decimal("80.00"))

        first, second, third = pay(*(answer(n, learner.pk) for n in (1, 2, 3)))

        assert [outcome.data["total_xp"] for outcome in (first, second, third)] == [80, 160, 240]
        assert [outcome.data["level"]["number"] for outcome in (first, second, third)] == [1, 2, 2]
        assert [event.data for event in second.events] == [{"level": 2, "total_xp": 240}]
        assert first.events == third.events == ()


class TestPrices:
    def test_an_inactive_price_pays_nothing(self, learner: LearnerProfile) -> None:
        Price.objects.update(is_active=False)

        (outcome,) = pay(answer(1, learner.pk))

        assert (outcome.data["xp"], outcome.data["entries"]) == (0, [])
        assert not LedgerEntry.objects.exists()

    def test_pays_nothing_before_the_site_has_prices(self, learner: LearnerProfile) -> None:
        Price.objects.all().delete()

        (outcome,) = pay(answer(1, learner.pk))

        assert outcome.data["xp"] == 0


class TestStatements:
    @pytest.mark.parametrize("size", [1, 100])
    def test_three_for_a_batch_of_any_size(self, size: int) -> None:
        learners = LearnerProfileFactory.create_batch(size)
        facts = [answer(n, who.pk, round=closed_round(n, answered=5, correct=5)) for n, who in enumerate(learners, 1)]
        kept = {**settings.GAMIFICATION, "REWARDS": {"PRICE_CACHE_SECONDS": 30}}

        with override_settings(GAMIFICATION=kept):
            tariffs.forget()
            tariffs.tariffs()
            with CaptureQueriesContext(connection) as asked:
                pay(*facts)
        tariffs.forget()

        assert len(asked) == 3  # standings, entries, balances
