from pathlib import Path

import numpy as np
import pytest

from evidence import baselines, datasets, encodings, knowledge
from evidence.rows import unseen_rows
from tests.evidence.builders import made_answers, write_answers


@pytest.fixture
def train(tmp_path: Path) -> datasets.Answers:
    return made_answers(tmp_path, learners=60)


def said(train: datasets.Answers, test: datasets.Answers) -> dict[str, np.ndarray]:
    counts = encodings.count(train).widened(test)
    return baselines.predictions(knowledge.prepare(train), counts=counts, test=test, matrix=unseen_rows(test, counts))


class TestPredictions:
    def test_majority_and_means_are_the_training_shares(self, train: datasets.Answers) -> None:
        counts = encodings.count(train)

        found = said(train, train)

        assert set(found["majority"].tolist()) == {(train.correct.sum() + 1) / (len(train) + 2)}
        category = int(train.category[0])
        right = train.correct[train.category == category]
        expected = (right.sum() + 20 * counts.share) / (len(right) + 20)
        assert found["category_mean"][0] == pytest.approx(expected)

    def test_best_lr_knows_items_and_records(self, train: datasets.Answers, tmp_path: Path) -> None:
        test = datasets.read(write_answers(tmp_path / "t.csv", learners=40, first_learner=90, seed=4), like=train)

        found = said(train, test)

        def loss(p: np.ndarray) -> float:
            return float(-np.log(np.where(test.correct, p, 1 - p)).mean())

        assert loss(found["best_lr"]) < loss(found["category_mean"]) < loss(found["majority"])

    def test_meet_items_and_topics_that_are_new(self, train: datasets.Answers, tmp_path: Path) -> None:
        (tmp_path / "new.csv").write_text("learner_id,item_id,category_id,correct\nz,new,other,1\nz,,,0\n")
        test = datasets.read(tmp_path / "new.csv", like=train)

        assert all(((p > 0) & (p < 1)).all() for p in said(train, test).values())
