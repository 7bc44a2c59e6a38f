"""The comparison of the personal choice with the rules, by hand-made learners and by hand-worked numbers."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from challenges.comparison import compare, wilson
from challenges.models import Challenge, ChallengeRating, ChallengeSettings, ChallengeType, Origin, Status
from challenges.models.ratings import Verdict
from challenges.selectors.performance import by_type, comparisons, performance_stats
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON


def arms(*counts: tuple[int, int, int, int]) -> tuple[Any, Any]:
    """Return tries and successes of the arms from (tries, hits, other tries, other hits) per learner."""
    table = np.array(counts, dtype=float)
    return (table[:, 0], table[:, 2]), (table[:, 1], table[:, 3])


class TestWilson:
    def test_is_the_textbooks_interval(self) -> None:
        low, high = wilson(0.5, 10)  # (0.5 ± 1.96 · sqrt(0.025 + 0.0096)/…): 0.2366 and 0.7634

        assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)

    def test_stays_within_zero_and_one(self) -> None:
        assert wilson(0.0, 5)[0] == pytest.approx(0.0)
        assert wilson(1.0, 5)[1] == pytest.approx(1.0)


class TestCompare:
    def test_says_nothing_of_few_learners(self) -> None:
        found = compare(*arms(*[(3, 3, 3, 0)] * 29))

        assert (found.verdict, found.difference) == ("too_little_data", None)
        assert (found.first.share, found.second.share) == (1.0, 0.0)

    def test_says_nothing_where_almost_everyone_succeeds(self) -> None:
        assert compare(*arms(*[(1, 1, 1, 1)] * 200)).verdict == "too_little_data"

    def test_finds_a_clear_difference(self) -> None:
        found = compare(*arms(*[(1, 1, 0, 0)] * 80, *[(1, 0, 0, 0)] * 20, *[(0, 0, 1, 1)] * 50, *[(0, 0, 1, 0)] * 50))

        # 0.8 − 0.5; variance 100/99-like: 0.0016 + 0.0025 within half a per cent, times 200/199
        assert found.difference == 0.3
        assert found.low == pytest.approx(0.3 - 1.96 * (0.0041 * 200 / 199) ** 0.5, abs=0.0005)
        assert found.verdict == "better"

    def test_counts_a_learner_who_tries_often_as_one(self) -> None:
        once = compare(*arms(*[(1, 1, 0, 0)] * 40, *[(1, 0, 0, 0)] * 40, *[(0, 0, 1, 1)] * 40, *[(0, 0, 1, 0)] * 40))
        often = compare(*arms(*[(9, 9, 0, 0)] * 40, *[(9, 0, 0, 0)] * 40, *[(0, 0, 9, 9)] * 40, *[(0, 0, 9, 0)] * 40))

        assert (often.low, often.high) == (once.low, once.high)
        assert often.first.low == pytest.approx(once.first.low, abs=0.001)

    def test_finds_no_difference_that_is_not_there(self) -> None:
        generator, missed = np.random.default_rng(5), 0
        for _ in range(200):
            tries = (generator.integers(0, 4, 300).astype(float), generator.integers(0, 4, 300).astype(float))
            habit = generator.uniform(0.1, 0.9, 300)  # people differ far more than chance
            hits = tuple(generator.binomial(n.astype(int), habit).astype(float) for n in tries)
            missed += compare(tries, (hits[0], hits[1])).verdict != "no_difference_shown"

        assert missed <= 20  # 5 % of 200, with room for chance


@pytest.mark.django_db
class TestComparisons:
    def test_counts_only_what_a_lot_decided(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        challenges_of(learner, source=Origin.ML, randomized=True, done=2, begun=3, count=4)
        challenges_of(learner, source=Origin.FALLBACK, randomized=True, done=1, begun=1, count=2, first_day=4)
        challenges_of(learner, source=Origin.FALLBACK, randomized=False, done=5, begun=5, count=5, first_day=6)
        challenges_of(learner, source=Origin.MANUAL, randomized=True, done=3, begun=3, count=3, first_day=11)

        found = comparisons(first=TODAY - timedelta(days=29), last=TODAY)

        assert (found["completion"]["ml"]["successes"], found["completion"]["ml"]["tries"]) == (2, 4)
        assert (found["completion"]["fallback"]["successes"], found["completion"]["fallback"]["tries"]) == (1, 2)
        assert found["participation"]["ml"]["share"] == 0.75
        assert found["completion"]["difference_reason"] == "too_little_data"

    def test_compares_what_learners_say(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        rows = challenges_of(learner, source=Origin.ML, randomized=True, done=0, begun=0, count=3)
        for row, verdict in zip(rows, (Verdict.USEFUL, Verdict.USEFUL, Verdict.TOO_HARD), strict=True):
            ChallengeRating.objects.create(challenge=row, verdict=verdict, rated_at=NOON)

        found = comparisons(first=TODAY - timedelta(days=29), last=TODAY)["rated_useful"]

        assert (found["ml"]["successes"], found["ml"]["tries"], found["fallback"]["share"]) == (2, 3, None)

    def test_enough_learners_get_a_verdict(self) -> None:
        topics = a_site()
        for number in range(60):
            learner = a_learner(answers=60, topics=topics)
            challenges_of(learner, source=Origin.ML, randomized=True, done=int(number < 50), begun=1, count=1)
            challenges_of(
                learner, source=Origin.FALLBACK, randomized=True, done=int(number < 12), begun=1, count=1, first_day=1
            )

        stats = performance_stats(days=30, now=NOON)

        assert stats["comparison"]["completion"]["verdict"] == "better"
        assert (stats["ml_completion_rate"], stats["fallback_completion_rate"]) == (0.8333, 0.2)
        assert (stats["ml_challenges"], stats["fallback_challenges"], stats["total_challenges"]) == (60, 60, 120)

    def test_looks_no_further_back_than_failures_are_kept(self) -> None:
        a_site()
        ChallengeSettings.objects.update(retention_days=14)

        stats = performance_stats(days=90, now=NOON)

        assert (stats["period_days"], stats["total_challenges"]) == (14, 0)
        assert (stats["ml_completion_rate"], stats["ml_completion_rate_reason"]) == (None, "no_challenges")

    def test_by_type_tells_the_personal_choice_from_the_rest(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        challenges_of(learner, source=Origin.ML, randomized=False, done=1, begun=1, count=4)
        challenges_of(learner, source=Origin.ONBOARDING, randomized=False, done=1, begun=1, count=1, first_day=4)

        assert by_type(first=TODAY - timedelta(days=29), last=TODAY) == {
            "quiz_ml": {"total_assigned": 4, "total_completed": 1, "completion_rate": 0.25},
            "quiz_manual": {"total_assigned": 1, "total_completed": 1, "completion_rate": 1.0},
        }


def challenges_of(
    learner: Any, *, source: Origin, randomized: bool, done: int, begun: int, count: int, first_day: int = 0
) -> list[Challenge]:
    """Give the learner ``count`` quizzes, one a day backwards, of which the first ones are done or begun."""
    quiz = ChallengeType.objects.get(code="quiz")
    return [
        Challenge.objects.create(
            learner=learner,
            local_date=TODAY - timedelta(days=first_day + number),
            slot=0,
            type=quiz,
            requirement=5,
            xp=50,
            bonus=0,
            difficulty=0.5,
            source=source,
            randomized=randomized,
            model_version="elo-1",
            propensity=0.9,
            predicted_completion=0.7,
            reasons=0,
            skill_version=1,
            status=Status.COMPLETED if number < done else Status.OPEN,
            progress=5 if number < done else int(number < begun),
            completed_at=NOON if number < done else None,
            created_at=NOON,
        )
        for number in range(count)
    ]
