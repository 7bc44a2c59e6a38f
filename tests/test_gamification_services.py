"""The specification's test classes: what each service does for a learner, from the source's answer to the page."""

import random
from collections.abc import Sequence
from contextlib import suppress

import pytest

from learners.api import NewActivity, Recorded, open_round, record_activities
from learners.models import Event, LearnerProfile, Source
from rewards.api import POINTS, XP, InsufficientBalance, adjust, balance_of, grant, level_of, verify_ledger
from rewards.models import LedgerEntry
from rewards.services.setup import setup
from tests.factories import NOON, LearnerProfileFactory, SourceFactory

pytestmark = pytest.mark.django_db


def answers(learner: LearnerProfile, results: str, *, prefix: str = "a", round: str | None = None) -> list[NewActivity]:
    """Return an answer for each letter of ``results``: r for right, w for wrong."""
    return [
        NewActivity(
            client_id=f"{prefix}{number}",
            learner=str(learner.uuid),
            category="traffic_signs",
            item=f"{prefix}-item-{number}",
            correct=letter == "r",
            round=round,
            seconds=6.0,
        )
        for number, letter in enumerate(results)
    ]


def send(source: Source, activities: Sequence[NewActivity]) -> list[Recorded]:
    return record_activities(activities=activities, source=source, now=NOON)


class TestRewardSystems:
    @pytest.fixture(autouse=True)
    def _prices(self) -> None:
        setup(now=NOON)

    @pytest.fixture
    def learner(self) -> LearnerProfile:
        return LearnerProfileFactory()

    @pytest.fixture
    def source(self) -> Source:
        return SourceFactory()

    def test_a_faultless_round_pays_each_deed_once(self, learner: LearnerProfile, source: Source) -> None:
        open_round(source=source, client_id="quiz-1", learner=str(learner.uuid), planned=5, now=NOON)
        batch = answers(learner, "rrrrr", round="quiz-1")

        recorded = send(source, batch)
        again = send(source, batch)

        last = recorded[-1].outcome["rewards"]
        assert {line["reason"]: line["xp"] for line in last["entries"]} == {
            "question_correct": 2,
            "question_streak_5": 5,
            "quiz_complete": 7,  # 5 + 0.5 · 5
            "quiz_perfect": 7,  # 1.5 · 5
        }
        assert all(one.replayed for one in again)
        assert [one.outcome for one in again] == [one.outcome for one in recorded]
        paid = LedgerEntry.objects.filter(learner=learner, currency=XP).exclude(reason__startswith="challenge")
        assert sum(entry.amount for entry in paid) == 5 * 2 + 5 + 7 + 7 + 5  # the last five: first practice today
        assert verify_ledger().sound

    def test_a_run_of_right_answers_goes_on_from_batch_to_batch(self, learner: LearnerProfile, source: Source) -> None:
        send(source, answers(learner, "wrrr", prefix="a"))
        second = send(source, answers(learner, "rrrrrrr", prefix="b"))

        reasons = [{line["reason"] for line in one.outcome["rewards"]["entries"]} for one in second]
        assert "question_streak_5" in reasons[1]
        assert "question_streak_10" in reasons[6]
        assert sum("question_streak_5" in found for found in reasons) == 1

    def test_levels_follow_from_what_was_earned(self, learner: LearnerProfile, source: Source) -> None:
        grant(learner=learner, currency=XP, amount=149, source="welcome:1", now=NOON)

        (recorded,) = send(source, answers(learner, "r"))

        assert recorded.outcome["rewards"]["level"]["reached"] == [2]
        assert level_of(learner_id=learner.pk).number == 2
        assert Event.objects.filter(learner=learner, name="level.reached").count() == 1

    def test_points_are_spent_once_and_never_overdrawn(self, learner: LearnerProfile) -> None:
        grant(learner=learner, currency=POINTS, amount=30, source="challenge:1", now=NOON)

        for _ in range(2):
            grant(learner=learner, currency=POINTS, amount=-20, source="redeem:1", now=NOON)
        with pytest.raises(InsufficientBalance):
            grant(learner=learner, currency=POINTS, amount=-20, source="redeem:2", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=POINTS) == 10

    @pytest.mark.parametrize("seed", range(5))
    def test_the_books_agree_after_any_course_of_events(self, source: Source, seed: int) -> None:
        chance = random.Random(seed)
        learners = LearnerProfileFactory.create_batch(4)
        for step in range(60):
            learner = chance.choice(learners)
            match chance.choice(("answer", "earn", "spend", "again", "correct")):
                case "answer":
                    send(source, answers(learner, chance.choice(("r", "w", "rrw", "rrrrr")), prefix=f"s{step}-"))
                case "earn":
                    grant(learner=learner, currency=POINTS, amount=chance.randint(1, 50), source=f"e:{step}", now=NOON)
                case "spend":
                    with suppress(InsufficientBalance):
                        amount = -chance.randint(1, 60)
                        grant(learner=learner, currency=POINTS, amount=amount, source=f"s:{step}", now=NOON)
                case "again":
                    grant(learner=learner, currency=POINTS, amount=7, source=f"e:{chance.randint(0, step)}", now=NOON)
                case "correct":
                    entries = list(LedgerEntry.objects.filter(learner=learner).order_by("id"))
                    if entries:
                        with suppress(InsufficientBalance):
                            adjust(entry=chance.choice(entries), note="Drawn by lot", by="1", now=NOON)

        assert verify_ledger().sound
        assert LedgerEntry.objects.exists()

    def test_a_mistake_is_corrected_and_the_books_still_agree(self, learner: LearnerProfile, source: Source) -> None:
        send(source, answers(learner, "r"))
        wrong = LedgerEntry.objects.get(learner=learner, reason="question_correct")
        before = balance_of(learner_id=learner.pk, currency=XP)

        adjust(entry=wrong, note="The answer key was wrong", by="1", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=XP) == before - 2
        assert verify_ledger().sound
