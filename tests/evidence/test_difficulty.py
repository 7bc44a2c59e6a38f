import json
from io import StringIO
from math import log
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from evidence import datasets, difficulty, knowledge
from evidence.difficulty import Fixed, Replay, Staircase, Steadied
from tests.evidence.builders import write_answers


def played(
    *, predicted: list[list[float]], correct: list[list[bool]], row: list[list[int]], learner: list[int] | None = None
) -> Replay:
    said = np.array(predicted)
    return Replay(
        learner=np.array(learner or [0] * len(predicted)),
        row=np.array(row),
        candidate=said > 0,
        predicted=said,
        item_share=said,
        correct=np.array(correct),
        points=len(predicted),
    )


class TestAims:
    def test_staircase_gets_harder_after_three_right_and_easier_after_a_wrong_one(self) -> None:
        stairs, heard = Staircase(), []

        for correct in (True, True, True, False, True, True, False):
            stairs.hear(correct)
            heard.append(stairs.aim - log(4))

        assert heard == pytest.approx([0, 0, -0.4, 0, 0, 0, 0.4])

    def test_steadied_aim_moves_against_what_came_out(self) -> None:
        aim = Steadied()

        aim.hear(True)
        assert aim.aim == pytest.approx(0.80 - 0.02 * 0.2)
        aim.hear(False)
        assert aim.aim == pytest.approx(0.80 - 0.02 * 0.2 + 0.02 * 0.8)

    def test_steadied_aim_stays_within_reach(self) -> None:
        aim = Steadied()

        for _ in range(100):
            aim.hear(False)

        assert aim.aim == 0.90


class TestPicks:
    def test_are_the_nearest_to_the_aim_among_candidates(self) -> None:
        # the middle one is no candidate
        replay = played(predicted=[[0.6, 0.0, 0.9]], correct=[[True, True, True]], row=[[0, 1, 2]])

        assert replay.picks(replay.predicted, lambda: Fixed(0.8)).tolist() == [2]

    def test_take_no_question_twice(self) -> None:
        # rows 5 and 6 are ahead of both points
        replay = played(
            predicted=[[0.8, 0.7], [0.8, 0.7], [0.8, 0.7]], correct=[[True] * 2] * 3, row=[[5, 6], [5, 6], [5, 6]]
        )

        assert replay.picks(replay.predicted, lambda: Fixed(0.8)).tolist() == [0, 1, -1]

    def test_hear_an_answer_only_when_it_was_given(self) -> None:
        class Heard(Fixed):
            log: list[tuple[int, bool]] = []

            def hear(self, correct: bool) -> None:
                self.log.append((len(self.log), correct))

        # the first choice is answered in row 4: the second point (row 2) is before it, the third (row 5) after it
        replay = played(
            predicted=[[0.1, 0.8], [0.8, 0.1], [0.8, 0.1]],
            correct=[[True, False], [True, True], [True, True]],
            row=[[0, 4], [3, 2], [5, 6]],
        )
        replay.picks(replay.predicted, lambda: Heard(0.8))

        assert Heard.log == [(0, True), (1, False)]  # row 3, then row 4, both before row 5

    def test_begin_anew_with_each_learner(self) -> None:
        replay = played(
            predicted=[[0.5, 0.8], [0.5, 0.8]],
            correct=[[False, False]] * 2,
            row=[[0, 1], [30, 31]],
            learner=[0, 1],
        )

        assert replay.picks(replay.predicted, lambda: Steadied(aim=0.52)).tolist() == [0, 0]


class TestAppropriateness:
    def replay(self, right: int, of: int) -> Replay:
        return played(
            predicted=[[0.8]] * of,
            correct=[[number < right] for number in range(of)],
            row=[[number] for number in range(of)],
        )

    @pytest.mark.parametrize(("right", "rate"), [(16, 1.0), (10, 0.0), (12, 1.0)])
    def test_a_learner_fits_if_the_interval_touches_the_target(self, right: int, rate: float) -> None:
        # 90 % Wilson of 20: 10 right .33–.67, 12 right .42–.76, 16 right .61–.91
        found = difficulty.appropriateness(self.replay(right, 20), np.zeros(20, np.int64))

        assert found.rate == rate
        assert found.success == right / 20
        assert found.distance == pytest.approx(abs(right / 20 - 0.8))
        assert found.in_band == 1.0

    def test_learners_with_few_choices_do_not_count(self) -> None:
        with pytest.raises(difficulty.NoChoices, match="20 choices"):
            difficulty.appropriateness(self.replay(15, 19), np.zeros(19, np.int64))


class TestReplay:
    @pytest.fixture
    def files(self, tmp_path: Path) -> dict[str, Path]:
        return {
            "train": write_answers(tmp_path / "train.csv", learners=40, answers=60, items=400),
            "test": write_answers(tmp_path / "test.csv", learners=20, answers=200, items=400, first_learner=90, seed=3),
        }

    def test_candidates_are_questions_that_the_learner_has_not_met(self, files: dict[str, Path]) -> None:
        train = datasets.read(files["train"])
        test = datasets.read(files["test"], like=train)

        replay = difficulty.replay(knowledge.fit(knowledge.prepare(train))[0], test)

        for point in range(0, len(replay.learner), 7):
            first = replay.row[point, 0]
            begin = test.starts()[replay.learner[point]]
            met = set(test.item[begin:first].tolist())
            assert (first - begin) % 5 == 0
            for row in replay.row[point][replay.candidate[point]].tolist():
                assert test.item[row] not in met
                met.add(test.item[row])

    @pytest.mark.integration
    def test_command_prints_the_claim_with_what_was_measured(self, files: dict[str, Path]) -> None:
        out = StringIO()

        call_command("evaluate_models", "difficulty", **files, json=True, stdout=out)

        report = json.loads(out.getvalue())
        claim = report["claims"]["appropriate_difficulty_adjustment_rate"]
        assert claim["measured"] == report["adar"] == report["choices"]["rate"]
        assert claim["verdict"] == ("met" if report["adar"] >= 0.9 else "not met")
        assert set(report["baselines"]) == {"model_fixed_aim", "item_mean", "staircase", "random"}
        assert 15 <= report["choices"]["learners"] <= 20  # the weakest meet few questions within reach
        assert set(report) >= {"auc", "log_loss", "ece", "accuracy", "majority", "n", "learners", "seconds"}

    @pytest.mark.integration
    def test_command_prints_lines_for_people(self, files: dict[str, Path]) -> None:
        out = StringIO()

        call_command("evaluate_models", "difficulty", **files, stdout=out)

        assert "learners with choices enough" in out.getvalue()
        assert "over the staircase" in out.getvalue()

    @pytest.mark.integration
    def test_command_says_when_there_is_nothing_to_choose(self, tmp_path: Path) -> None:
        path = write_answers(tmp_path / "few.csv", named_items=False)

        with pytest.raises(CommandError, match=r"^No learner meets 5 new items within 30 answers\.$"):
            call_command("evaluate_models", "difficulty", train=path, test=path)
