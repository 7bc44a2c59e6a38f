import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evidence import datasets, knowledge, metrics
from evidence.knowledge import Calibration, Recipe
from tests.evidence.builders import made_answers, write_answers


class TestCandidates:
    def test_few_answers_carry_no_trees(self) -> None:
        assert {recipe.trees_share for recipe in knowledge.candidates(24_999)} == {0.0}

    def test_many_answers_may_mix_trees_in(self) -> None:
        assert {recipe.trees_share for recipe in knowledge.candidates(25_000)} == {0.0, 0.4, 0.6, 1.0}


class TestChoose:
    def test_takes_the_least_log_loss_on_held_out_learners(self, tmp_path: Path) -> None:
        choice = knowledge.choose(knowledge.prepare(made_answers(tmp_path, learners=40)))

        assert choice.log_losses[choice.recipe.name] == min(choice.log_losses.values())
        assert len(choice.log_losses) == 3
        assert len(choice.rows) == 40 * 40  # everyone once: without trees all folds are held out in turn

    def test_takes_the_simplest_where_nobody_can_be_held_out(self, tmp_path: Path) -> None:
        choice = knowledge.choose(knowledge.prepare(made_answers(tmp_path, learners=4)))

        assert choice.recipe == Recipe(0.0)
        assert len(choice.rows) == 0

    def test_mixes_trees_in_by_what_held_out_learners_say(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(knowledge, "LEAST_ANSWERS_FOR_TREES", 1000)
        training = knowledge.prepare(made_answers(tmp_path, learners=40))

        model, choice = knowledge.fit(training)

        assert len(choice.log_losses) == 8
        assert (model.trees is not None) == (choice.recipe.trees_share > 0)
        assert (model.logistic is not None) == (choice.recipe.trees_share < 1)

    def test_takes_the_simplest_where_a_fold_would_learn_from_one_outcome(self, tmp_path: Path) -> None:
        rows = [f"p{learner},i,t,{int(learner > 0)}" for learner in range(6)]
        (tmp_path / "six.csv").write_text("\n".join(["learner_id,item_id,category_id,correct", *rows]))

        model, choice = knowledge.fit(knowledge.prepare(datasets.read(tmp_path / "six.csv")))

        assert choice.recipe == model.recipe == Recipe(0.0)

    def test_nothing_is_learned_from_one_outcome(self, tmp_path: Path) -> None:
        answers = made_answers(tmp_path)

        with pytest.raises(knowledge.OneOutcome, match="nothing to learn"):
            knowledge.fit(knowledge.prepare(replace(answers, correct=np.ones(len(answers), np.bool_))))


class TestCalibration:
    def test_stretches_predictions_that_are_too_timid(self) -> None:
        rng = np.random.default_rng(2)
        true = rng.random((3, 2000)) * 0.9 + 0.05
        correct = rng.random((3, 2000)) < true
        timid = 1 / (1 + np.exp(-0.5 * np.log(true / (1 - true))))

        found = knowledge._calibration(list(timid), list(correct))

        assert found is not None
        assert found.slope == pytest.approx(2.0, abs=0.15)
        assert metrics.ece(correct.ravel(), found.apply(timid.ravel())) < metrics.ece(correct.ravel(), timid.ravel())

    def test_is_left_out_where_it_does_not_help_every_fold(self) -> None:
        rng = np.random.default_rng(2)
        true = rng.random((3, 2000)) * 0.9 + 0.05

        assert knowledge._calibration(list(true), list(rng.random((3, 2000)) < true)) is None

    def test_of_slope_one_changes_nothing(self) -> None:
        p = np.array([0.1, 0.5, 0.9])

        assert Calibration(slope=1.0, intercept=0.0).apply(p) == pytest.approx(p)


class TestModel:
    def test_predicts_learners_it_has_never_seen(self, tmp_path: Path) -> None:
        train = made_answers(tmp_path, learners=120)
        test = datasets.read(write_answers(tmp_path / "test.csv", first_learner=500, learners=60, seed=7), like=train)

        model, _ = knowledge.fit(knowledge.prepare(train))
        p = model.predict_unseen(test)

        assert metrics.auc(test.correct, p) > metrics.auc(
            test.correct, model.counts.widened(test).item_shares(test.item, test.category)
        )
        assert metrics.log_loss(test.correct, p) < metrics.log_loss(test.correct, np.full(len(p), train.correct.mean()))

    def test_meets_items_and_topics_that_are_new(self, tmp_path: Path) -> None:
        train = made_answers(tmp_path)
        (tmp_path / "new.csv").write_text("learner_id,item_id,category_id,correct\nz,new,other,1\nz,,,0\n")

        model, _ = knowledge.fit(knowledge.prepare(train))
        p = model.predict_unseen(datasets.read(tmp_path / "new.csv", like=train))

        assert ((p > 0) & (p < 1)).all()

    def test_does_not_depend_on_who_else_is_predicted(self, tmp_path: Path) -> None:
        train = made_answers(tmp_path)
        model, _ = knowledge.fit(knowledge.prepare(train))
        test = made_answers(tmp_path, seed=5, timed=True)

        alone = model.predict_unseen(test.of(np.array([3])))

        assert alone == pytest.approx(model.predict_unseen(test)[test.learner == 3], rel=1e-12)

    def test_same_answers_and_seed_give_the_same_model(self, tmp_path: Path) -> None:
        train = made_answers(tmp_path)

        one, two = (knowledge.fit(knowledge.prepare(train))[0].predict_unseen(train) for _ in range(2))

        assert one.tobytes() == two.tobytes()

    def test_an_answer_is_predicted_before_it_is_known(self, tmp_path: Path) -> None:
        train = made_answers(tmp_path)
        model, _ = knowledge.fit(knowledge.prepare(train))
        last = train.starts()[1] - 1
        flipped = train.correct.copy()
        flipped[last] = not flipped[last]

        before, after = model.predict_unseen(train), model.predict_unseen(replace(train, correct=flipped))

        assert before.tobytes() == after.tobytes()


@pytest.mark.performance
def test_500_candidates_are_scored_in_one_batch_within_30_ms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = made_answers(tmp_path, learners=100, answers=60)
    training = knowledge.prepare(answers)
    monkeypatch.setattr(knowledge, "candidates", lambda n_answers: [Recipe(0.6, 0.02)])
    model, _ = knowledge.fit(training)
    rows = slice(0, 500)

    model.predict(training.matrix[rows], answers.item[rows], answers.category[rows])
    seconds = []
    for _ in range(7):
        started = time.perf_counter()
        model.predict(training.matrix[rows], answers.item[rows], answers.category[rows])
        seconds.append(time.perf_counter() - started)

    assert min(seconds) < 0.030
