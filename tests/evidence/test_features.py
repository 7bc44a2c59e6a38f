import math
from dataclasses import asdict

import numpy as np
import pytest

from evidence.features import NAMES, WIDTH, LearnerHistory, Question, write_row

EASY = Question(item="a1", category="signs", item_logit=0.0, category_logit=0.0, item_n=20)
HARD = Question(item="a2", category="signs", item_logit=-1.0, category_logit=0.0, item_n=3)
OTHER = Question(item="b1", category="rules", item_logit=1.0, category_logit=0.5, item_n=0)
MINUTE, HOUR = 60.0, 3600.0
# (question, correct, second): two sessions, for an hour passes before the last two
SIX = (
    (EASY, True, 0.0),
    (HARD, False, 1 * MINUTE),
    (OTHER, True, 2 * MINUTE),
    (OTHER, True, 3 * MINUTE),
    (EASY, True, 63 * MINUTE),
    (HARD, True, 64 * MINUTE),
)


def history(answers: tuple[tuple[Question, bool, float], ...] = SIX, *, timed: bool = True) -> LearnerHistory:
    learner = LearnerHistory()
    for question, correct, second in answers:
        learner.update(question, correct, second if timed else None)
    return learner


def named(learner: LearnerHistory, question: Question, at: float | None) -> dict[str, float]:
    return dict(zip(NAMES, learner.features(question, at), strict=True))


class TestFeatures:
    def test_there_are_36(self) -> None:
        assert WIDTH == len(set(NAMES)) == 36

    def test_of_a_new_learner_know_the_question_only(self) -> None:
        found = named(LearnerHistory(), HARD, None)

        known = {"item_logit": -1.0, "item_n": math.log1p(3), "elo_logit": -1.0}
        halves = dict.fromkeys(("item_last", "last", "category_last", "ewma_category"), 0.5)
        unknown = dict.fromkeys(("answers_since_category", "gap", "category_gap", "item_gap", "session_answers"), -1.0)
        usual = dict.fromkeys(
            ("accuracy_all", "category_accuracy", "category_last_3", "last_5", "last_10", "last_20"), 0.75
        )
        assert found == dict.fromkeys(NAMES, 0.0) | known | halves | unknown | usual

    def test_count_answers_by_hand(self) -> None:
        # after six answers, five right: four on signs (+ − + +), two on rules (+ +); a2 was answered twice (− +)
        found = named(history(), HARD, 65 * MINUTE)

        assert found["n_all"] == math.log1p(6)
        assert found["wins_all"] == math.log1p(5)
        assert found["accuracy_all"] == (5 + 1.5) / (6 + 2)
        assert found["category_answers"] == math.log1p(4)
        assert found["category_wins"] == math.log1p(3)
        assert found["category_accuracy"] == (3 + 1.5) / (4 + 2)
        assert found["item_answers"] == math.log1p(2)
        assert found["item_wins"] == math.log1p(1)
        assert found["item_last"] == found["last"] == found["category_last"] == 1.0
        assert found["category_last_3"] == (2 + 1.5) / (3 + 2)
        assert found["last_5"] == (4 + 1.5) / (5 + 2)
        assert found["last_10"] == found["last_20"] == (5 + 1.5) / (6 + 2)
        assert found["streak"] == math.log1p(4)
        assert found["category_streak"] == math.log1p(2)
        assert found["n_categories"] == math.log1p(2)
        assert found["same_category"] == 1.0
        assert found["answers_since_category"] == 0.0

    def test_measure_answers_against_the_items(self) -> None:
        # shares: a1 .5, a2 σ(−1) = .26894, b1 σ(1) = .73106; residuals +.5, −.26894, +.26894, +.26894, +.5, +.73106
        found = named(history(), HARD, None)

        signs = 0.5 - 0.2689414 + 0.5 + 0.7310586
        rules = 2 * 0.2689414
        assert found["residual_all"] == pytest.approx((signs + rules) / (6 + 5))
        assert found["category_residual"] == pytest.approx(signs / (4 + 5))
        assert found["residual_5"] == pytest.approx((signs + rules - 0.5) / 5)
        assert found["residual_20"] == pytest.approx((signs + rules) / 20)

    def test_move_averages_towards_the_newest(self) -> None:
        found = named(history(SIX[:2]), HARD, None)

        assert found["ewma_residual"] == pytest.approx(0.9 * (0.1 * 0.5) + 0.1 * -0.2689414)
        assert found["ewma_category"] == pytest.approx(0.7 * (0.7 * 0.5 + 0.3) + 0.0)

    def test_move_ability_as_the_online_estimate_does(self) -> None:
        # the first answer: expected .5, steps .30 + .02 for all and .45 + .05 for the category
        found = named(history(SIX[:1]), EASY, None)

        assert found["theta"] == pytest.approx(0.32 * 0.5)
        assert found["category_theta"] == pytest.approx(0.50 * 0.5)
        assert found["elo_logit"] == pytest.approx(0.0 + 0.16 + 0.25)

    def test_know_times(self) -> None:
        found = named(history(), OTHER, 65 * MINUTE)

        assert found["gap"] == math.log1p(1 * MINUTE)
        assert found["category_gap"] == math.log1p(62 * MINUTE)
        assert found["item_gap"] == math.log1p(62 * MINUTE)
        assert found["session_answers"] == math.log1p(2)
        assert found["answers_since_category"] == math.log1p(2)
        assert found["same_category"] == 0.0

    def test_start_a_session_after_a_break(self) -> None:
        assert named(history(), OTHER, 64 * MINUTE + HOUR)["session_answers"] == 0.0

    def test_do_without_times(self) -> None:
        untimed = named(history(timed=False), HARD, None)

        assert [untimed[name] for name in ("gap", "category_gap", "item_gap", "session_answers")] == [-1.0] * 4
        assert untimed["n_all"] == math.log1p(6)

    def test_do_without_items(self) -> None:
        nameless = Question(item=None, category="signs", item_logit=0.0, category_logit=0.0, item_n=0)
        learner = history(((nameless, True, 0.0), (nameless, True, 1.0)))

        found = named(learner, nameless, 2.0)

        assert found["item_answers"] == 0.0
        assert found["item_last"] == 0.5
        assert found["category_answers"] == math.log1p(2)

    def test_keep_a_bounded_record(self) -> None:
        learner = history(tuple((EASY, number % 3 > 0, float(number)) for number in range(200)))

        assert len(learner.residuals) == 20
        assert learner.recent < 1 << 20
        assert named(learner, EASY, None)["last_20"] == (13 + 1.5) / (20 + 2)  # numbers 180–199: seven are 0 mod 3

    def test_reading_them_changes_nothing(self) -> None:
        learner = history()
        before = asdict(learner)

        learner.features(OTHER, 70 * MINUTE)

        assert asdict(learner) == before


class TestWriteRow:
    def test_writes_the_row_and_no_other(self) -> None:
        matrix = np.zeros((3, WIDTH))

        write_row(matrix.data.cast("B"), 1, tuple(float(number) for number in range(WIDTH)))

        assert matrix[1].tolist() == list(range(WIDTH))
        assert not matrix[[0, 2]].any()
