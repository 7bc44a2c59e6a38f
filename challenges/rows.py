"""Drafts as database rows: binary COPY tuples made by numpy, or mappings for the portable path; pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from challenges.drafts import Drafts
from challenges.rules import BY_HAND_VERSION, RULES_VERSION, Rules

NAMES = (
    "learner",
    "local_date",
    "slot",
    "type",
    "category",
    "wording",
    "requirement",
    "target_correct",
    "minutes",
    "in_a_row",
    "xp",
    "bonus",
    "difficulty",
    "source",
    "randomized",
    "model_version",
    "propensity",
    "predicted_completion",
    "reasons",
    "skill_version",
    "created_at",
)
PRECISION = 6  # digits of stored chances
_FORMATS = {
    "learner": ">i8",
    "local_date": ">i4",
    "type": ">i8",
    "category": ">i8",
    "wording": ">i8",
    "in_a_row": ">i1",
    "xp": ">i4",
    "bonus": ">i4",
    "difficulty": ">f8",
    "randomized": ">i1",
    "propensity": ">f8",
    "predicted_completion": ">f8",
    "reasons": ">i4",
    "skill_version": ">i4",
    "created_at": ">i8",
}
_PG_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NULL = -1


def columns(
    drafts: Drafts, rules: Rules, wanted: NDArray[np.bool_], *, day: date, model_version: str, now: datetime
) -> dict[str, NDArray[Any]]:
    """Return the columns of the ``wanted`` challenges in the order (learner, slot); 0 stands for NULL.

    :param wanted: shape ``(n_learners, slots)``: those that are not in the database yet.
    """
    shape = drafts.kind.shape
    kind = drafts.kind[wanted]
    ids = np.array([rule.id for rule in rules.types], dtype=np.int64)
    categories = np.append(rules.category_ids, 0)  # the last one: no category
    in_a_row = np.array([rule.code == "streak" and rule.days_in_a_row for rule in rules.types])
    versions = np.array([RULES_VERSION, model_version, BY_HAND_VERSION])
    source = drafts.source[wanted]
    chosen_by = np.where(source == Drafts.MANUAL, 2, source == Drafts.ML)
    count = len(kind)
    return {
        "learner": np.broadcast_to(drafts.learner_ids[:, None], shape)[wanted],
        "local_date": np.full(count, (day - _PG_EPOCH.date()).days),
        "slot": np.broadcast_to(np.arange(shape[1]), shape)[wanted],
        "type": ids[kind],
        "category": categories[drafts.category[wanted]],
        "wording": np.maximum(drafts.wording[wanted], 0),
        "requirement": drafts.requirement[wanted],
        "target_correct": drafts.target_correct[wanted],
        "minutes": drafts.minutes[wanted],
        "in_a_row": in_a_row[kind],
        "xp": drafts.xp[wanted],
        "bonus": drafts.bonus[wanted],
        "difficulty": drafts.difficulty[wanted] / 1_000,
        "source": drafts.source[wanted],
        "randomized": drafts.randomized[wanted],
        "model_version": versions[chosen_by],
        "propensity": np.round(drafts.propensity[wanted], PRECISION),
        "predicted_completion": np.round(drafts.predicted[wanted], PRECISION),
        "reasons": drafts.reasons[wanted],
        "skill_version": drafts.skill_version[wanted],
        "created_at": np.full(count, round((now - _PG_EPOCH).total_seconds() * 1_000_000)),
    }


NULLABLE = ("category", "wording", "target_correct", "minutes")


def to_binary(values: dict[str, NDArray[Any]]) -> memoryview:
    """Return PostgreSQL's binary COPY tuples of the rows, without header and trailer.

    All rows are laid out at the greatest width; the bytes of NULLs and of shorter texts are then left out, so that
    rows stay in their order whatever they hold.
    """
    texts = np.char.encode(values["model_version"], "ascii")
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name in NAMES:
        layout += [(f"{name}_size", ">i4"), (name, _format(name, texts))]
    tuples = np.empty(len(texts), dtype=layout)
    tuples["fields"] = len(NAMES)
    for name in NAMES:
        tuples[name] = texts if name == "model_version" else values[name]
        tuples[f"{name}_size"] = tuples.dtype[name].itemsize
    dropped = _drop(tuples, values, texts)
    raw = tuples.view(np.uint8).reshape(len(tuples), tuples.dtype.itemsize)
    return (raw if dropped is None else raw[~dropped]).reshape(-1).data


def _format(name: str, texts: NDArray[Any]) -> str:
    if name == "model_version":
        return f"S{max(texts.dtype.itemsize, 1)}"
    return _FORMATS.get(name, ">i2")


def _drop(tuples: NDArray[Any], values: dict[str, NDArray[Any]], texts: NDArray[Any]) -> NDArray[np.bool_] | None:
    """Write the true sizes and return which bytes to leave out, shape ``(rows, width)``."""
    dropped = None
    sizes = np.char.str_len(texts)
    for name in (*NULLABLE, "model_version"):
        width, start = tuples.dtype[name].itemsize, tuples.dtype.fields[name][1]  # type: ignore[index]
        short = sizes < width if name == "model_version" else values[name] == 0
        if not short.any():
            continue
        if dropped is None:
            dropped = np.zeros((len(tuples), tuples.dtype.itemsize), dtype=bool)
        if name == "model_version":
            tuples[f"{name}_size"] = sizes
            dropped[:, start : start + width] = np.arange(width) >= sizes[:, None]
        else:
            tuples[f"{name}_size"][short] = _NULL
            dropped[short, start : start + width] = True
    return dropped


def to_mappings(values: dict[str, NDArray[Any]], *, day: date, now: datetime) -> list[dict[str, Any]]:
    """Return the rows as `learners.common.bulk.insert_new` takes them."""
    lists = {name: column.tolist() for name, column in values.items()}
    lists["local_date"] = [day] * len(lists["slot"])
    lists["created_at"] = [now] * len(lists["slot"])
    for name in NULLABLE:
        lists[name] = [value or None for value in lists[name]]
    names: Sequence[str] = [f"{name}_id" if name in _REFERENCES else name for name in NAMES]
    return [dict(zip(names, row, strict=True)) for row in zip(*(lists[name] for name in NAMES), strict=True)]


_REFERENCES = frozenset({"learner", "type", "category", "wording"})
