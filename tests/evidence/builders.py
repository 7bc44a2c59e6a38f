"""Answers made up for tests: learners who differ in ability, items that differ in difficulty."""

import csv
from pathlib import Path

import numpy as np

from evidence import datasets


def write_answers(
    path: Path,
    *,
    learners: int = 30,
    answers: int = 40,
    items: int = 30,
    seed: int = 1,
    first_learner: int = 0,
    timed: bool = False,
    named_items: bool = True,
) -> Path:
    """Write a file of answers: topics of 5 items, a right answer by ability − difficulty."""
    rng = np.random.default_rng(seed)
    difficulty = np.random.default_rng(99).normal(-1.0, 1.0, items)  # the same items in every file
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["learner_id", "item_id", "category_id", "correct", *(["occurred_at"] if timed else [])])
        for learner in range(first_learner, first_learner + learners):
            ability, at = rng.normal(), 0.0
            for item in rng.integers(0, items, answers).tolist():
                at += float(rng.integers(10, 4000))
                right = int(rng.random() < 1 / (1 + np.exp(difficulty[item] - ability)))
                name = f"i{item}" if named_items else ""
                writer.writerow([f"p{learner}", name, f"t{item // 5}", right, *([at] if timed else [])])
    return path


def made_answers(folder: Path, **wishes: int | bool) -> datasets.Answers:
    return datasets.read(write_answers(folder / "answers.csv", **wishes))  # type: ignore[arg-type]
