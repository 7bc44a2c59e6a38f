"""What is nearly forgotten comes back, by the curve of the `fsrs` library."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.utils import translation
from fsrs import Card, Scheduler, State

from challenges import reviews
from challenges.models import ChallengeSettings, ChallengeType
from challenges.reasons import codes, worded
from challenges.services.generation import generate_for_day
from learners.api import elo
from learners.models import SkillEstimate
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON

DAYS = (0, 1, 5, 13, 14, 15, 27, 29, 60, 200, 800)
ANSWERS = (1, 2, 5, 10, 40, 240, 600)


def of_the_library(days: int, n: int) -> float:
    """Return the recall of a card with the topic's stability."""
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    card = Card(state=State.Review, stability=elo.stability_days(n), difficulty=5.0, due=seen, last_review=seen)
    return Scheduler(enable_fuzzing=False).get_card_retrievability(card, seen + timedelta(days=days))


@pytest.mark.parametrize("n", ANSWERS)
@pytest.mark.parametrize("days", DAYS)
class TestAgainstTheLibrary:
    def test_recall_is_the_same(self, days: int, n: int) -> None:
        ours = reviews.recall(np.array([float(days)]), np.array([n]))[0]

        assert ours == pytest.approx(of_the_library(days, n), abs=1e-12)
        assert ours == pytest.approx(elo.recall(days, elo.stability_days(n)), abs=1e-12)

    def test_a_topic_is_due_when_the_library_remembers_too_little(self, days: int, n: int) -> None:
        due = bool(reviews.is_due(np.array([float(days)]), np.array([n]))[0])
        remembered = of_the_library(days, n)

        assert due == (remembered < 0.9 - 1e-9)


class TestIsDue:
    def test_by_hand(self) -> None:
        days, n = np.array([15.3, 15.5, 28.1, np.inf, 400.0]), np.array([1, 1, 10, 0, 10_000])

        # stability: 14 × 1.1 = 15.4, 14 × 2 = 28, at most 365
        assert reviews.is_due(days, n).tolist() == [False, True, True, False, True]


@pytest.mark.django_db
class TestChoice:
    def test_a_due_topic_comes_before_one_of_the_same_worth(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        ChallengeType.objects.exclude(code="quiz").update(is_enabled=False)
        learner = a_learner(answers=80, topics=topics)
        SkillEstimate.objects.filter(learner=learner).update(theta=2.0)
        long_ago = SkillEstimate.objects.filter(learner=learner, category=topics[3])
        long_ago.update(n=10, last_at=NOON - timedelta(days=29), theta=2.1)

        generate_for_day(day=TODAY, now=NOON)

        first = learner.challenges.get(slot=0)
        assert first.category == topics[3]
        assert {"due_for_review", "not_lately"} <= set(codes(first.reasons))
        assert all("due_for_review" not in codes(row.reasons) for row in learner.challenges.filter(slot__gt=0))

    @pytest.mark.parametrize(
        ("language", "words"), [("nb", "på tide å repetere"), ("nn", "på tide å repetere"), ("en", "due for review")]
    )
    def test_says_so(self, language: str, words: str) -> None:
        with translation.override(language):
            (said,) = worded(16384)

        assert said["code"] == "due_for_review"
        assert words in said["text"]
