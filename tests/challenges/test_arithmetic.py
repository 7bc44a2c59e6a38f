from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges import completion, difficulty, exam_value
from challenges.reasons import WORDS, Reason, codes
from challenges.rules import TypeRule, exam_shares


class TestRewardV1:
    def test_is_the_guides_example(self) -> None:
        assert difficulty.reward_v1(75, 700, 130, 100) == (68, 9)

    @pytest.mark.parametrize(
        ("base", "level", "weight", "wanted"),
        [
            (50, 200, 100, (10, 0)),  # 50 × .2
            (50, 500, 100, (25, 0)),
            (100, 900, 100, (90, 24)),  # 100 × .4 × .6
            (70, 800, 60, (33, 12)),  # 33.6 and 12.6
            (40, 499, 100, (19, 0)),  # below the middle the bonus is no debt
        ],
    )
    def test_golden(self, base: int, level: int, weight: int, wanted: tuple[int, int]) -> None:
        assert difficulty.reward_v1(base, level, weight, 100) == wanted

    @given(st.integers(1, 10_000), st.integers(0, 1_000), st.integers(10, 999))
    def test_equals_decimals(self, base: int, level: int, weight: int) -> None:
        d, w = Decimal(level) / 1_000, Decimal(weight) / 100
        exact = int(base * d * w), max(int(base * (d - Decimal("0.5")) * Decimal("0.6")), 0)

        assert difficulty.reward_v1(base, level, weight, 100) == exact

    def test_works_on_arrays(self) -> None:
        xp, bonus = difficulty.reward_v1(np.array([75, 50]), np.array([700, 200]), np.array([130, 100]), 100)

        assert (xp.tolist(), bonus.tolist()) == ([68, 10], [9, 0])


class TestRewardV2:
    def test_golden(self) -> None:
        assert difficulty.reward_v2(75, 700, 130, 100) == (109, 22)  # 97.5 × 1.12 = 109.2; a fifth is 21.8

    def test_rounds_halves_up(self) -> None:
        assert difficulty.reward_v2(50, 500, 105, 100)[0] == 53  # 52.5

    @given(st.integers(1, 10_000), st.integers(0, 999), st.integers(10, 999))
    def test_never_falls_with_difficulty(self, base: int, level: int, weight: int) -> None:
        easier, harder = (difficulty.reward_v2(base, step, weight, 100) for step in (level, level + 1))

        assert easier <= harder


class TestDifficulty:
    def test_follows_skill_and_confidence_within_bounds(self) -> None:
        skill, sure = np.array([0.6, 0.6, 0.6, 0.1, 0.95]), np.array([0.4, 0.6, 0.9, 0.4, 0.9])

        levels = difficulty.of_skill(skill, sure, least=200, greatest=900)

        assert levels.tolist() == [400, 600, 700, 200, 900]

    def test_bands(self) -> None:
        assert difficulty.band(np.array([299, 300, 700, 701])).tolist() == [0, 1, 1, 2]


class TestExamValue:
    def test_normal_curve_weighs_topics_as_the_exact_convolution(self) -> None:
        shares = np.full(5, 0.2)
        draw = Random(7)
        for _ in range(30):
            p = np.array([[draw.uniform(0.6, 0.95) for _ in range(5)]])
            exact = np.array([_exact_value(p[0], place) for place in range(5)])
            bulk = np.exp(exam_value.log_value(p, shares))[0]

            assert np.abs(bulk / bulk.max() - exact / exact.max()).max() < 0.03

    def test_ranks_topics_as_the_exact_convolution_where_they_differ(self) -> None:
        shares = np.full(5, 0.2)
        p = np.array([[0.55, 0.9, 0.8, 0.7, 0.94]])

        exact = [_exact_value(p[0], place) for place in range(5)]

        assert exam_value.log_value(p, shares).argsort()[0].tolist() == np.argsort(exact).tolist()

    def test_normal_curve_is_near_the_exact_chance_around_the_pass_mark(self) -> None:
        p = np.array([[0.75, 0.8, 0.85, 0.8, 0.85]])

        bulk = np.exp(exam_value.log_value(p, np.full(5, 0.2)))[0]

        assert bulk == pytest.approx([_exact_value(p[0], place) for place in range(5)], rel=0.1)

    def test_still_ranks_learners_far_from_passing(self) -> None:
        p = np.array([[0.05, 0.10, 0.08]])

        value = exam_value.log_value(p, np.full(3, 1 / 3))

        assert np.isfinite(value).all()

    def test_convolution_of_a_fair_pair(self) -> None:
        assert exam_value.poisson_binomial([0.5, 0.5]) == [0.25, 0.5, 0.25]


def _exact_value(p: "np.ndarray[tuple[int], np.dtype[np.float64]]", place: int) -> float:
    chances = [float(chance) for chance in p for _ in range(9)]  # 45 questions, nine of each topic
    chances.remove(float(p[place]))
    exactly_37 = exam_value.poisson_binomial(chances)[37]
    return 0.2 * 45 * exactly_37 * max(0.95 - float(p[place]), 0.001) * 0.1


class TestExamShares:
    def test_are_equal_where_nothing_is_given(self) -> None:
        assert exam_shares([None, None, None, None]).tolist() == [0.25] * 4

    def test_leave_the_rest_to_topics_without_one(self) -> None:
        assert exam_shares([0.5, None, None]).tolist() == [0.5, 0.25, 0.25]

    def test_always_sum_to_one(self) -> None:
        assert exam_shares([0.9, 0.9, None]).sum() == pytest.approx(1.0)


class TestCompletion:
    def test_of_a_faultless_round_allows_two_tries(self) -> None:
        assert completion.flawless(7, np.array([0.9]))[0] == pytest.approx(1 - (1 - 0.9**7) ** 2)

    def test_of_right_answers_is_the_binomial_tail(self) -> None:
        assert completion.at_least(2, 3, np.array([0.5]))[0] == pytest.approx(0.5)

    def test_of_seven_days_in_a_row_is_the_seventh_power(self) -> None:
        chance = completion.days_practised(7, np.array([0.5, 0.9]), in_a_row=True)

        assert chance.tolist() == pytest.approx([0.5**7, 0.9**7])

    def test_of_two_days_in_a_row_leaves_out_the_patterns_without_a_pair(self) -> None:
        chance = completion.days_practised(2, np.array([0.5]), in_a_row=True)

        assert chance[0] == pytest.approx(1 - 34 / 128)  # 34 of 128 patterns have no two neighbours: a Fibonacci number

    def test_tables_stay_within_the_types_range(self) -> None:
        rules = (
            TypeRule(id=1, code="quiz", base_xp=50, ml_weight=1.0, low=3, high=15),
            TypeRule(id=2, code="perfect_score", base_xp=100, ml_weight=0.7, low=3, high=12),
            TypeRule(id=3, code="accuracy_challenge", base_xp=70, ml_weight=0.9, low=10, high=25),
        )

        tables = completion.tables(rules)

        for place, rule in enumerate(rules):
            asked = tables.requirement[..., place]
            assert rule.low <= asked.min() <= asked.max() <= rule.high
        assert (tables.right[..., 2] >= 0.6 * tables.requirement[..., 2]).all()
        assert (tables.chance >= 0).all()
        assert (tables.chance <= 1).all()

    def test_a_streak_never_asks_for_more_days_than_it_lasts(self) -> None:
        rules = (TypeRule(id=1, code="streak", base_xp=40, ml_weight=0.8, low=9, high=12, scales=False),)

        assert set(completion.tables(rules).streak_requirement.ravel().tolist()) == {7}

    def test_harder_rounds_are_asked_of_the_skilled(self) -> None:
        rules = (TypeRule(id=2, code="perfect_score", base_xp=100, ml_weight=0.7, low=3, high=12),)

        asked = completion.tables(rules).requirement[1, :, 0, 0]

        assert (np.diff(asked) >= 0).all()
        assert asked[95] > asked[75]


class TestReasons:
    def test_each_has_words(self) -> None:
        assert set(WORDS) == set(Reason)

    def test_codes_follow_the_bits(self) -> None:
        assert codes(1 | 16) == ["most_to_gain", "in_band"]
