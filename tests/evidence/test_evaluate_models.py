import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from evidence import datasets, knowledge, metrics
from evidence.claims import verdicts
from evidence.rows import online_estimate, unseen_rows
from tests.evidence.builders import write_answers

SCORES = {"auc", "log_loss", "accuracy", "ece"}
INTERVAL = {"difference", "low", "high"}
PUBLIC = os.environ.get("GAMIFICATION_DATA", "")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        "train": write_answers(tmp_path / "train.csv", learners=60),
        "test": write_answers(tmp_path / "test.csv", learners=20, first_learner=60, seed=2),
    }


def evaluated(**options: Any) -> str:
    out = StringIO()
    call_command("evaluate_models", "knowledge", stdout=out, **options)
    return out.getvalue()


@pytest.mark.integration
class TestKnowledge:
    def test_reports_scores_beside_what_it_has_to_beat(self, files: dict[str, Path]) -> None:
        report = json.loads(evaluated(**files, json=True))

        assert (report["n"], report["learners"]) == (800, 20)
        assert (report["train_n"], report["train_learners"]) == (2400, 60)
        assert set(report) >= SCORES | {"majority", "seconds", "model", "features_us_per_row"}
        assert set(report["baselines"]) == {"majority", "category_mean", "item_mean", "online_elo", "best_lr"}
        assert all(set(scores) == SCORES for scores in report["baselines"].values())
        assert set(report["paired"]) == {"over_elo", "over_item_mean", "over_best_lr"}
        assert all(set(gain) == INTERVAL for gain in report["paired"].values())
        assert report["paired"]["over_elo"]["difference"] == pytest.approx(
            report["auc"] - report["baselines"]["online_elo"]["auc"]
        )
        assert report["baselines"]["majority"]["auc"] == 0.5
        assert report["learners_in_both"] == report["bad_lines"] == 0

    def test_says_which_claims_it_does_not_measure(self, files: dict[str, Path]) -> None:
        claims = json.loads(evaluated(**files, json=True))["claims"]

        assert {name: claim["claimed"] for name, claim in claims.items()} == {
            "preference_prediction_accuracy": 0.85,
            "engagement_prediction_accuracy": 0.80,
            "appropriate_difficulty_adjustment_rate": 0.90,
        }
        assert {claim["verdict"] for claim in claims.values()} == {"not measured here"}

    def test_is_the_same_twice(self, files: dict[str, Path]) -> None:
        one, two = (json.loads(evaluated(**files, json=True)) for _ in range(2))

        timings = {"seconds", "fit_seconds", "predict_seconds", "features_us_per_row"}
        assert {key: one[key] for key in set(one) - timings} == {key: two[key] for key in set(two) - timings}

    def test_prints_a_table(self, files: dict[str, Path]) -> None:
        text = evaluated(**files)

        assert "scored on test.csv (800 of 20)" in text
        assert "online_elo" in text
        assert "specification, appropriate_difficulty_adjustment_rate 90%: not measured here" in text
        assert "Warning" not in text

    def test_warns_of_learners_who_are_in_both_files(self, files: dict[str, Path]) -> None:
        text = evaluated(train=files["train"], test=files["train"])

        assert "Warning: 60 learners are in both files" in text

    @pytest.mark.parametrize(("timed", "named_items"), [(True, True), (False, False)])
    def test_reads_files_with_times_or_without_items(self, tmp_path: Path, timed: bool, named_items: bool) -> None:
        train, test = (
            write_answers(
                tmp_path / f"{first}.csv", learners=20, first_learner=first, timed=timed, named_items=named_items
            )
            for first in (0, 20)
        )

        report = json.loads(evaluated(train=train, test=test, json=True))

        assert report["n"] == 800
        assert 0.5 < report["auc"] < 1.0

    def test_scores_that_are_undefined_are_null(self, files: dict[str, Path], tmp_path: Path) -> None:
        (tmp_path / "right.csv").write_text("learner_id,item_id,category_id,correct\nz,i1,t0,1\nz,i2,t0,1\n")

        report = json.loads(evaluated(train=files["train"], test=tmp_path / "right.csv", json=True))

        assert report["auc"] is None
        assert report["log_loss"] > 0


@pytest.mark.integration
class TestMistakes:
    def test_unknown_task_lists_those_there_are(self, files: dict[str, Path]) -> None:
        with pytest.raises(
            CommandError, match=r"^There is no model called 'astrology'; there is difficulty, knowledge, readiness\.$"
        ):
            call_command("evaluate_models", "astrology", **files)

    def test_a_site_may_list_its_own(self, files: dict[str, Path]) -> None:
        with (
            override_settings(GAMIFICATION={"EVIDENCE": {"TRAINERS": []}}),
            pytest.raises(CommandError, match="'knowledge'"),
        ):
            call_command("evaluate_models", "knowledge", **files)

    def test_unusable_file_is_one_sentence(self, files: dict[str, Path], tmp_path: Path) -> None:
        (tmp_path / "empty.csv").write_text("")

        with pytest.raises(CommandError, match=r"^empty\.csv: The columns must be .* has nothing\.$"):
            evaluated(train=tmp_path / "empty.csv", test=files["test"])


class TestVerdicts:
    def test_compare_what_was_measured(self) -> None:
        found = verdicts({"engagement_prediction_accuracy": 0.80, "preference_prediction_accuracy": 0.73})

        assert [claim["verdict"] for claim in found.values()] == ["not met", "met", "not measured here"]


@pytest.mark.performance
@pytest.mark.skipif(not PUBLIC, reason="needs public data: set GAMIFICATION_DATA to its folder")
class TestPublicSample:
    def test_beats_the_online_estimate_from_a_sixth_of_the_learners(self) -> None:
        folder = Path(PUBLIC) / "answers"
        everyone = datasets.read(folder / "statics2011.train.csv.gz")
        train = everyone.of(np.arange(0, everyone.n_learners, 6))
        test = datasets.read(folder / "statics2011.test.csv.gz", like=everyone)

        model, _ = knowledge.fit(knowledge.prepare(train))

        matrix = unseen_rows(test, model.counts.widened(test))
        p, rival = model.predict(matrix, test.item, test.category), online_estimate(matrix)
        gain = metrics.paired(y=test.correct, p=p, others={"elo": rival}, learner=test.learner, seed=1, resamples=100)
        assert gain["elo"]["auc"].low > 0
        assert gain["elo"]["log_loss"].low > 0
        assert metrics.ece(test.correct, p) < 0.025
