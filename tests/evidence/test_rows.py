import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidence import encodings
from evidence.features import NAMES, LearnerHistory, Question
from evidence.rows import feature_rows, online_estimate, unseen_rows
from learners.api import elo
from tests.evidence.builders import made_answers

MOST_MICROSECONDS = 25.0


class TestFeatureRows:
    @pytest.mark.parametrize("timed", [False, True])
    def test_know_nothing_of_the_answer_itself_nor_of_later_ones(self, tmp_path: Path, timed: bool) -> None:
        answers = made_answers(tmp_path, timed=timed)
        counts = encodings.count(answers)
        last = int(answers.starts()[4]) - 1  # of the fourth learner
        for row in (last, last - 7):
            flipped = answers.correct.copy()
            flipped[row] = not flipped[row]

            before = unseen_rows(answers, counts)
            after = unseen_rows(replace(answers, correct=flipped), counts)

            moved = np.flatnonzero((before != after).any(axis=1))
            assert set(moved) <= set(range(row + 1, last + 1))  # later answers of the same learner only
            assert before[: row + 1].tobytes() == after[: row + 1].tobytes()
            assert len(moved) == last - row

    def test_are_those_of_the_history_walked_alone(self, tmp_path: Path) -> None:
        answers = made_answers(tmp_path, learners=3, timed=True)
        counts = encodings.count(answers)
        matrix = unseen_rows(answers, counts)
        begin, end = answers.starts()[1:3].tolist()

        history = LearnerHistory()
        alone = []
        for row in range(begin, end):
            item, category = int(answers.item[row]), int(answers.category[row])
            place = answers.item[row : row + 1], answers.category[row : row + 1]
            question = Question(
                item=item,
                category=category,
                item_logit=elo.logit(float(counts.item_shares(*place)[0])),
                category_logit=elo.logit(float(counts.category_shares()[category])),
                item_n=int(counts.item_n[item]),
            )
            at = float(answers.seconds[row])
            alone.append(history.features(question, at))
            history.update(question, bool(answers.correct[row]), at)

        assert np.allclose(matrix[begin:end], alone, rtol=1e-12, atol=0)

    @pytest.mark.performance
    def test_cost_little(self, tmp_path: Path) -> None:
        answers = made_answers(tmp_path, learners=200, answers=100)
        fold = encodings.folds(answers.n_learners, seed=1)
        counts = encodings.out_of_fold(answers, fold)

        started = time.process_time()
        feature_rows(answers, counts, fold)
        seconds = time.process_time() - started

        assert seconds / len(answers) * 1e6 < MOST_MICROSECONDS


class TestOnlineEstimate:
    def test_is_the_logit_of_item_and_abilities(self, tmp_path: Path) -> None:
        answers = made_answers(tmp_path, learners=2)
        matrix = unseen_rows(answers, encodings.count(answers))

        p = online_estimate(matrix)

        assert p == pytest.approx([elo.sigmoid(value) for value in matrix[:, NAMES.index("elo_logit")]])

    def test_fades_where_times_are_known(self, tmp_path: Path) -> None:
        answers = made_answers(tmp_path, learners=1, timed=True)
        matrix = unseen_rows(answers, encodings.count(answers))
        row = int(np.flatnonzero(matrix[:, NAMES.index("category_answers")] > np.log1p(2))[0])
        topic = np.flatnonzero(answers.category[:row] == answers.category[row])
        days = (answers.seconds[row] - answers.seconds[topic[-1]]) / 86_400

        p = online_estimate(matrix)[row]

        fresh = elo.sigmoid(float(matrix[row, NAMES.index("elo_logit")]))
        assert p == pytest.approx(elo.faded(fresh, float(days), len(topic)))
        assert p < fresh
