from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidence import datasets, encodings
from evidence.rows import feature_rows
from tests.evidence.builders import made_answers

# two learners; signs: 3 of 4 right, rules: 0 of 2; a1: 2 of 2
FILE = """learner_id,item_id,category_id,correct
x,a1,signs,1
x,a2,signs,0
x,b1,rules,0
y,a1,signs,1
y,a2,signs,1
y,,rules,0
"""


@pytest.fixture
def answers(tmp_path: Path) -> datasets.Answers:
    (tmp_path / "six.csv").write_text(FILE)
    return datasets.read(tmp_path / "six.csv")


class TestCounts:
    def test_shares_by_hand(self, answers: datasets.Answers) -> None:
        counts = encodings.count(answers)

        overall = (3 + 1) / (6 + 2)
        signs, rules = (3 + 20 * overall) / (4 + 20), (0 + 20 * overall) / (2 + 20)
        assert counts.share == overall
        assert counts.category_shares() == pytest.approx([signs, rules, overall])
        assert counts.item_shares(np.array([0, 1, -1]), np.array([0, 0, 1])) == pytest.approx(
            [(2 + 8 * signs) / (2 + 8), (1 + 8 * signs) / (2 + 8), rules]
        )

    def test_answers_without_an_item_say_nothing_of_each_other(self, answers: datasets.Answers) -> None:
        counts = encodings.count(answers)

        assert counts.item_n.tolist() == [2, 2, 1, 0]

    def test_new_names_of_a_later_set_count_nothing(self, answers: datasets.Answers, tmp_path: Path) -> None:
        (tmp_path / "later.csv").write_text("learner_id,item_id,category_id,correct\nz,new,other,1\n")
        later = datasets.read(tmp_path / "later.csv", like=answers)

        wide = encodings.count(answers).widened(later)

        assert wide.item_n.tolist() == [2, 2, 1, 0, 0]
        assert wide.item_shares(later.item, later.category) == pytest.approx([0.5])


class TestOutOfFold:
    def test_folds_hold_every_learner_once(self) -> None:
        fold = encodings.folds(11, seed=4)

        assert sorted(np.bincount(fold).tolist()) == [1] * 9 + [2]
        assert fold.tolist() == encodings.folds(11, seed=4).tolist()

    def test_one_learner_is_one_fold(self) -> None:
        assert encodings.folds(1, seed=4).tolist() == [0]

    def test_a_fold_is_counted_from_the_others(self, answers: datasets.Answers) -> None:
        of_x, of_y = encodings.out_of_fold(answers, np.array([0, 1]))

        assert (of_x.item_n.tolist(), of_x.item_wins.tolist()) == ([1, 1, 0, 0], [1, 1, 0, 0])
        assert (of_y.item_n.tolist(), of_y.item_wins.tolist()) == ([1, 1, 1, 0], [1, 0, 0, 0])

    def test_a_learners_own_answers_never_enter_their_encodings(self, tmp_path: Path) -> None:
        made = made_answers(tmp_path)
        fold = encodings.folds(made.n_learners, seed=2)
        mine = made.learner == 7
        other_way = replace(made, correct=np.where(mine, ~made.correct, made.correct))

        one, two = (feature_rows(given, encodings.out_of_fold(given, fold), fold) for given in (made, other_way))

        encoded = slice(0, 3)  # item_logit, category_logit, item_n
        assert one[mine, encoded].tobytes() == two[mine, encoded].tobytes()
        assert (one[~mine, encoded] != two[~mine, encoded]).any()
