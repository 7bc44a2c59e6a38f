import json
from io import StringIO
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from scipy.stats import binom

from evidence import readiness
from evidence.datasets import Answers
from evidence.knowledge import Calibration
from tests.evidence.builders import made_answers, write_answers


class TestPoissonBinomial:
    def test_of_equal_chances_is_binomial(self) -> None:
        found = readiness.poisson_binomial(np.full((1, 45), 0.85))

        assert found[0] == pytest.approx(binom.pmf(np.arange(46), 45, 0.85))

    def test_of_different_chances_adds_up_all_ways(self) -> None:
        chances = (0.1, 0.5, 0.8)

        expected = [0.0] * 4
        for results in product((0, 1), repeat=3):
            expected[sum(results)] += float(
                np.prod([p if right else 1 - p for p, right in zip(chances, results, strict=True)])
            )
        assert readiness.poisson_binomial(np.array([chances]))[0] == pytest.approx(expected)


class TestExams:
    @pytest.fixture
    def answers(self, tmp_path: Path) -> Answers:
        return made_answers(tmp_path, learners=3, answers=150)

    def test_begin_after_each_fiftieth_answer_while_answers_last(self, answers: Answers) -> None:
        # 150 answers each: exams after 50 (answers 51–95) and 100 (101–145)
        assert readiness.exams_of(answers).first.tolist() == [50, 100, 200, 250, 350, 400]

    def test_count_right_answers_in_them_and_before_them(self, answers: Answers) -> None:
        exams = readiness.exams_of(answers)

        assert exams.right[1] == answers.correct[100:145].sum()
        assert exams.before[1] == answers.correct[55:100].sum()
        assert exams.learner.tolist() == [0, 0, 1, 1, 2, 2]

    def test_are_passed_with_38(self) -> None:
        nobody = np.zeros(2, np.int64)

        assert readiness.Exams(nobody, np.array([37, 38]), nobody, nobody).passed.tolist() == [False, True]

    def test_need_95_answers(self, tmp_path: Path) -> None:
        assert len(readiness.exams_of(made_answers(tmp_path, learners=1, answers=95)).first) == 1
        with pytest.raises(readiness.NoCheckpoints, match="95 answers"):
            readiness.exams_of(made_answers(tmp_path, learners=9, answers=94))


class TestForecast:
    def test_of_equal_chances(self) -> None:
        said = readiness.forecast(np.full(45, 0.88), None)

        assert said.score[0] == pytest.approx(0.88)
        assert said.passing[0] == pytest.approx(binom.sf(37, 45, 0.88))
        numbers = np.arange(46)
        assert said.noise[0] == pytest.approx((binom.pmf(numbers, 45, 0.88) * abs(numbers / 45 - 0.88)).sum())

    def test_is_calibrated_by_the_line(self) -> None:
        plain, halved = (readiness.forecast(np.full(45, 0.88), line) for line in (None, Calibration(0.5, 0.0)))

        logit = np.log(plain.passing / (1 - plain.passing))
        assert halved.passing == pytest.approx(1 / (1 + np.exp(-0.5 * logit)))
        assert halved.score == plain.score

    def test_knows_nothing_of_answers_in_the_exam(self, tmp_path: Path) -> None:
        answers = made_answers(tmp_path, learners=20, answers=150)
        model = readiness.fit(answers)
        exams = readiness.exams_of(answers)
        other_way = answers.correct.copy()
        other_way[100:145] = ~other_way[100:145]  # the first learner's second exam
        flipped = Answers(**{**{name: getattr(answers, name) for name in answers.__slots__}, "correct": other_way})

        before, after = model.forecast(answers, exams), model.forecast(flipped, exams)

        assert before.passing[1] == after.passing[1]
        assert before.score.tobytes() == after.score.tobytes()


@pytest.mark.integration
class TestCommand:
    def test_reports_scores_and_passing(self, tmp_path: Path) -> None:
        files = {
            "train": write_answers(tmp_path / "train.csv", learners=40, answers=150),
            "test": write_answers(tmp_path / "test.csv", learners=20, answers=150, first_learner=50, seed=3),
        }
        out = StringIO()

        call_command("evaluate_models", "readiness", **files, json=True, stdout=out)

        report = json.loads(out.getvalue())
        assert (report["checkpoints"], report["checkpoint_learners"]) == (40, 20)
        assert report["score_mae"] < report["score_mae_baselines"]["train_mean"]
        assert set(report) >= {"auc", "log_loss", "ece", "accuracy", "majority", "brier_skill", "seconds"}
        assert set(report["baselines"]) == {"majority", "last_45"}
        assert set(report["paired"]["over_last_45"]) == {"difference", "low", "high"}

    def test_prints_lines_for_people(self, tmp_path: Path) -> None:
        path = write_answers(tmp_path / "all.csv", learners=20, answers=150)
        out = StringIO()

        call_command("evaluate_models", "readiness", train=path, test=path, stdout=out)

        assert "40 exams of 45 questions by 20 learners; passed at 38" in out.getvalue()
        assert "last_45" in out.getvalue()

    def test_says_when_nobody_has_answered_enough(self, tmp_path: Path) -> None:
        path = write_answers(tmp_path / "few.csv", learners=10, answers=40)

        with pytest.raises(CommandError, match=r"^No learner has the 95 answers that one checkpoint needs\.$"):
            call_command("evaluate_models", "readiness", train=path, test=path)
