"""The arithmetic of the online estimate, worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from learners import elo, weakness


class TestElo:
    def test_steps_shrink_with_answers_but_never_stop(self) -> None:
        assert elo.learner_step(0) == pytest.approx(0.32)
        assert elo.learner_step(20) == pytest.approx(0.17)  # .30 / 2 + .02
        assert elo.category_step(0) == pytest.approx(0.50)
        assert elo.category_step(10) == pytest.approx(0.275)  # .45 / 2 + .05

    def test_smoothing_draws_few_answers_towards_the_prior(self) -> None:
        assert elo.smoothed(wins=0, n=0, prior=0.75, prior_answers=8) == 0.75
        assert elo.smoothed(wins=8, n=8, prior=0.5, prior_answers=8) == 0.75

    @given(st.floats(-700, 700))
    def test_sigmoid_never_overflows(self, x: float) -> None:
        assert 0.0 <= elo.sigmoid(x) <= 1.0
        assert elo.sigmoid(x) + elo.sigmoid(-x) == pytest.approx(1.0)

    def test_logit_undoes_sigmoid(self) -> None:
        assert elo.sigmoid(elo.logit(0.2)) == pytest.approx(0.2)
        assert elo.logit(0.75) == pytest.approx(math.log(3))


class TestForgetting:
    def test_recall_is_nine_tenths_after_one_stability(self) -> None:
        assert elo.recall(14, 14.0) == pytest.approx(0.9)
        assert elo.recall(0, 14.0) == 1.0

    def test_ten_answers_double_the_stability(self) -> None:
        assert elo.stability_days(0) == 14.0
        assert elo.stability_days(10) == 28.0
        assert elo.stability_days(10_000) == 365.0

    def test_what_is_forgotten_is_guessed(self) -> None:
        assert elo.faded(0.9, 28, 10) == pytest.approx(0.25 + 0.65 * 0.9)
        assert elo.faded(0.2, 28, 10) == 0.2

    @given(st.floats(0.01, 0.99), st.floats(0, 1000), st.integers(0, 500))
    def test_arrays_fade_as_single_numbers_do(self, p: float, days: float, n: int) -> None:
        mean, _strength = weakness.posterior(np.array([p]), np.array([float(n)]), np.array([days]))

        assert mean[0] == pytest.approx(elo.faded(p, days, n))


class TestPackedResults:
    def test_the_newest_stands_lowest_and_only_twenty_are_kept(self) -> None:
        recent = 0
        for correct in (True, False, True):
            recent = elo.remember(recent, correct)

        assert recent == 0b101
        assert elo.remember((1 << 20) - 1, True) == (1 << 20) - 1
        assert elo.remember(0b111, False, length=3) == 0b110

    def test_a_run_ends_at_the_newest_wrong_answer(self) -> None:
        assert elo.right_in_a_row(0b1011) == 2
        assert elo.right_in_a_row(0b1010) == 0
        assert elo.right_in_a_row(0) == 0


class TestWeakness:
    @pytest.mark.parametrize("mean", [0.6, 0.7, 0.78, 0.8, 0.82, 0.9])
    @pytest.mark.parametrize("strength", [12, 20, 40, 100, 400])
    def test_agrees_with_the_exact_posterior(self, mean: float, strength: float) -> None:
        exact = beta.cdf(0.85, mean * strength, (1 - mean) * strength) > 0.8

        assert bool(weakness.is_weak(np.array(mean), np.array(strength))) == exact

    def test_a_newcomer_is_not_called_weak(self) -> None:
        mean, strength = weakness.posterior(np.array([0.75]), np.array([0.0]), np.array([0.0]))

        assert strength[0] == 12.0
        assert not weakness.is_weak(mean, strength)[0]

    def test_confidence_grows_with_answers_and_falls_with_time(self) -> None:
        mean, few, many = np.array([0.8]), np.array([14.0]), np.array([112.0])
        _mean, faded = weakness.posterior(np.array([0.8]), np.array([100.0]), np.array([365.0]))

        assert weakness.confidence(mean, few)[0] < weakness.confidence(mean, faded)[0]
        assert weakness.confidence(mean, faded)[0] < weakness.confidence(mean, many)[0]
