"""Reports of how well a pipeline does: fitted on one file, scored on learners it has never seen."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from evidence import baselines, claims, datasets, metrics
from evidence import difficulty as choosing
from evidence import knowledge as pipeline
from evidence import readiness as exams
from evidence.rows import unseen_rows

RIVALS = ("online_elo", "item_mean", "best_lr")


def knowledge(train: Path, test: Path, seed: int) -> dict[str, Any]:
    """Fit the shipped pipeline on ``train`` and predict each answer of ``test`` from what came before it.

    :raises datasets.UnusableFile: if a file cannot be read.
    """
    started = time.perf_counter()
    known = datasets.read(train)
    unseen = datasets.read(test, like=known)
    read_at = time.perf_counter()
    training = pipeline.prepare(known, seed=seed)
    walked_at = time.perf_counter()
    model, choice = pipeline.fit(training, seed=seed)
    fitted_at = time.perf_counter()
    counts = model.counts.widened(unseen)
    matrix = unseen_rows(unseen, counts)
    p = model.predict(matrix, unseen.item, unseen.category)
    scored_at = time.perf_counter()
    rivals = baselines.predictions(training, counts=counts, test=unseen, matrix=matrix)
    y = unseen.correct
    gains = metrics.paired(y=y, p=p, others={name: rivals[name] for name in RIVALS}, learner=unseen.learner, seed=seed)
    return {
        "task": "knowledge",
        **_files(train, test, known, unseen),
        **metrics.scores(y, p),
        "majority": metrics.majority(y),
        "balanced_accuracy": metrics.balanced_accuracy(y, p),
        "model": model.recipe.name,
        "calibration": asdict(model.calibration) if model.calibration else None,
        "choice": {"held_out_answers": len(choice.rows), "log_loss": choice.log_losses},
        "baselines": {name: metrics.scores(y, said) for name, said in rivals.items()},
        "paired": {f"over_{_short(name)}": asdict(gain["auc"]) for name, gain in gains.items()},
        "paired_log_loss": {f"over_{_short(name)}": asdict(gain["log_loss"]) for name, gain in gains.items()},
        "reliability": [asdict(part) for part in metrics.reliability(y, p)],
        "claims": claims.verdicts({}),
        "features_us_per_row": (walked_at - read_at) / len(known) * 1e6,
        "fit_seconds": fitted_at - walked_at,
        "predict_seconds": scored_at - fitted_at,
        "seconds": time.perf_counter() - started,
        "seed": seed,
    }


def readiness(train: Path, test: Path, seed: int) -> dict[str, Any]:
    """Fit the pipeline on the exams of ``train`` and forecast those of ``test``.

    :raises datasets.UnusableFile: if a file cannot be read.
    :raises exams.NoCheckpoints: if no learner has answered enough.
    """
    started = time.perf_counter()
    known = datasets.read(train)
    unseen = datasets.read(test, like=known)
    model = exams.fit(known, seed=seed)
    taken, past = exams.exams_of(unseen), exams.exams_of(known)
    said = model.forecast(unseen, taken)
    score, passed, last = taken.right / exams.QUESTIONS, taken.passed, taken.before / exams.QUESTIONS
    base = float(past.passed.mean())
    usual = np.full(len(score), past.right.mean() / exams.QUESTIONS)
    return {
        "task": "readiness",
        **_files(train, test, known, unseen),
        "checkpoints": len(score),
        "checkpoint_learners": len(set(taken.learner.tolist())),
        "questions": exams.QUESTIONS,
        "pass_at": exams.PASS_AT,
        "model": model.knowledge.recipe.name,
        "calibration": asdict(model.line) if model.line else None,
        "score_mae": metrics.mean_distance(score, said.score),
        "score_mae_baselines": {
            "train_mean": metrics.mean_distance(score, usual),
            "last_45": metrics.mean_distance(score, last),
            "noise_floor": float(said.noise.mean()),
        },
        **metrics.scores(passed, said.passing),
        "majority": metrics.majority(passed),
        "brier": metrics.brier(passed, said.passing),
        "brier_skill": 1 - metrics.brier(passed, said.passing) / metrics.brier(passed, np.full(len(passed), base)),
        "baselines": {
            "majority": metrics.scores(passed, np.full(len(passed), base)),
            "last_45": {
                "auc": metrics.auc(passed, last),
                "accuracy": float(((taken.before >= exams.PASS_AT) == passed).mean()),
                "log_loss": None,
                "ece": None,
            },
        },
        "paired": {
            "over_last_45": asdict(
                metrics.paired(y=passed, p=said.passing, others={"last": last}, learner=taken.learner, seed=seed)[
                    "last"
                ]["auc"]
            )
        },
        "reliability": [asdict(part) for part in metrics.reliability(passed, said.passing)],
        "claims": claims.verdicts({}),
        "seconds": time.perf_counter() - started,
        "seed": seed,
    }


def difficulty(train: Path, test: Path, seed: int) -> dict[str, Any]:
    """Fit the pipeline on ``train`` and replay which questions it would choose for the learners of ``test``.

    :raises datasets.UnusableFile: if a file cannot be read.
    :raises choosing.NoChoices: if no learner has choices enough.
    """
    started = time.perf_counter()
    known = datasets.read(train)
    unseen = datasets.read(test, like=known)
    model, _ = pipeline.fit(pipeline.prepare(known, seed=seed), seed=seed)
    played = choosing.replay(model, unseen)
    picks = played.policies(seed=seed)
    found = {name: choosing.appropriateness(played, chosen) for name, chosen in picks.items()}
    ours = found.pop("model")
    y, p = played.at(played.correct, picks["model"]), played.at(played.predicted, picks["model"])
    low, high = metrics.wilson(round(ours.rate * ours.learners), ours.learners)
    return {
        "task": "difficulty",
        **_files(train, test, known, unseen),
        "model": model.recipe.name,
        "adar": ours.rate,
        "adar_low": low,
        "adar_high": high,
        "choices": asdict(ours),
        "points": played.points,
        "points_kept": len(played.learner) / played.points,
        **metrics.scores(y, p),
        "majority": metrics.majority(y),
        "baselines": {name: asdict(other) for name, other in found.items()},
        "lead_over_staircase": ours.rate - found["staircase"].rate,
        "claims": claims.verdicts({"appropriate_difficulty_adjustment_rate": ours.rate}),
        "seconds": time.perf_counter() - started,
        "seed": seed,
    }


def _files(train: Path, test: Path, known: datasets.Answers, unseen: datasets.Answers) -> dict[str, Any]:
    return {
        "train": train.name,
        "test": test.name,
        "n": len(unseen),
        "learners": unseen.n_learners,
        "train_n": len(known),
        "train_learners": known.n_learners,
        "learners_in_both": len(set(known.learners) & set(unseen.learners)),
        "bad_lines": len(known.bad_lines) + len(unseen.bad_lines),
    }


def _short(name: str) -> str:
    return name.removeprefix("online_")
