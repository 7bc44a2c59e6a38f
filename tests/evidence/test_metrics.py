import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn import metrics as sklearn_metrics

from evidence import metrics

Y = np.array([1, 0, 1, 1, 0])
P = np.array([0.9, 0.2, 0.4, 0.6, 0.4])


def random_answers(n: int = 4000, learners: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    p = np.round(rng.random(n), 2)  # with ties
    return (rng.random(n) < p).astype(int), p, rng.integers(0, learners, n)


class TestScores:
    def test_by_hand(self) -> None:
        # six pairs of a one and a zero: five in the right order and one tie, (.4, .4)
        assert metrics.auc(Y, P) == pytest.approx(5.5 / 6)
        assert metrics.accuracy(Y, P) == pytest.approx(4 / 5)
        assert metrics.majority(Y) == pytest.approx(3 / 5)
        assert metrics.balanced_accuracy(Y, P) == pytest.approx((2 / 3 + 1) / 2)

    def test_agree_with_scikit_learn(self) -> None:
        y, p, _ = random_answers()

        assert metrics.auc(y, p) == pytest.approx(sklearn_metrics.roc_auc_score(y, p), abs=1e-12)
        assert metrics.log_loss(y, p) == pytest.approx(sklearn_metrics.log_loss(y, np.clip(p, 1e-15, 1 - 1e-15)))
        assert metrics.balanced_accuracy(y, p) == pytest.approx(sklearn_metrics.balanced_accuracy_score(y, p >= 0.5))

    def test_auc_of_one_outcome_is_undefined(self) -> None:
        assert np.isnan(metrics.auc([1, 1], [0.2, 0.3]))


class TestReliability:
    def test_error_is_the_mean_gap_weighted_by_answers(self) -> None:
        # bin .2–.3: two answers said .25, one right (gap .25); bin .9–1: two said .95, both right (gap .05)
        y, p = [1, 0, 1, 1], [0.25, 0.25, 0.95, 0.95]

        parts = metrics.reliability(y, p)

        assert [part.predicted for part in parts] == pytest.approx([0.25, 0.95])
        assert [(part.observed, part.n) for part in parts] == [(0.5, 2), (1.0, 2)]
        assert metrics.ece(y, p) == pytest.approx((0.25 + 0.05) / 2)

    def test_a_certain_prediction_falls_into_the_last_bin(self) -> None:
        assert metrics.reliability([1], [1.0])[0].n == 1


class TestWilson:
    @pytest.mark.parametrize(("wins", "n"), [(0, 5), (3, 5), (20, 20), (81, 100)])
    def test_agrees_with_scipy(self, wins: int, n: int) -> None:
        known = binomtest(wins, n).proportion_ci(method="wilson")

        assert metrics.wilson(wins, n) == pytest.approx((known.low, known.high), abs=1e-9)

    def test_says_nothing_about_nothing(self) -> None:
        assert metrics.wilson(0, 0) == (0.0, 1.0)


class TestPaired:
    def test_difference_is_that_of_the_whole_sample(self) -> None:
        y, p, learner = random_answers()
        worse = np.clip(p + np.random.default_rng(5).normal(0, 0.3, len(p)), 0.01, 0.99)

        found = metrics.paired(y=y, p=p, others={"worse": worse}, learner=learner, seed=1)["worse"]

        assert found["auc"].difference == pytest.approx(metrics.auc(y, p) - metrics.auc(y, worse))
        assert found["log_loss"].difference == pytest.approx(metrics.log_loss(y, worse) - metrics.log_loss(y, p))
        assert 0 < found["auc"].low < found["auc"].difference < found["auc"].high

    def test_draws_whole_learners(self) -> None:
        # two learners: on the one we are always right, on the other always wrong, the other way round for the rival
        y = np.array([0, 1, 0, 1])
        ours, theirs = np.array([0.1, 0.9, 0.9, 0.1]), np.array([0.9, 0.1, 0.1, 0.9])

        found = metrics.paired(y=y, p=ours, others={"rival": theirs}, learner=np.array([0, 0, 1, 1]), seed=1)["rival"]

        assert (found["auc"].low, found["auc"].difference, found["auc"].high) == (-1.0, 0.0, 1.0)

    def test_same_seed_gives_the_same_interval(self) -> None:
        y, p, learner = random_answers()
        rival = np.full(len(p), 0.5)

        first, again = (metrics.paired(y=y, p=p, others={"r": rival}, learner=learner, seed=9) for _ in range(2))

        assert first == again

    def test_equal_predictions_do_not_differ(self) -> None:
        y, p, learner = random_answers(n=300, learners=10)

        found = metrics.paired(y=y, p=p, others={"same": p}, learner=learner, seed=1)["same"]

        assert found["auc"] == metrics.Interval(0.0, 0.0, 0.0)
