"""Answers read from a file into columns, learner by learner in time order."""

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learners.api import answer_files

GZIP_MAGIC = b"\x1f\x8b"


class UnusableFile(ValueError):
    """A file cannot be read as answers; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Columns of equal length; a learner's rows stand together, in the order of the file."""

    learner: NDArray[np.int64]  # 0 … n_learners − 1, ascending
    item: NDArray[np.int64]  # index into ``items``; −1 where there is none
    category: NDArray[np.int64]  # index into ``categories``; −1 where there is none
    correct: NDArray[np.bool_]
    seconds: NDArray[np.float64]  # NaN where unknown
    learners: list[str]
    items: list[str]
    categories: list[str]
    bad_lines: tuple[answer_files.BadLine, ...] = ()  # left out of the columns

    def __len__(self) -> int:
        return len(self.correct)

    @property
    def n_learners(self) -> int:
        return len(self.learners)

    def starts(self) -> NDArray[np.int64]:
        """Return where each learner's rows begin, and the end: shape (n_learners + 1,)."""
        return np.searchsorted(self.learner, np.arange(self.n_learners + 1))

    def of(self, chosen: NDArray[np.int64]) -> "Answers":
        """Return the answers of some learners (ascending numbers), renumbered; items and categories keep theirs."""
        picked = self.at(np.flatnonzero(np.isin(self.learner, chosen)))
        return replace(
            picked,
            learner=np.searchsorted(chosen, picked.learner),
            learners=[self.learners[index] for index in chosen],
        )

    def at(self, rows: NDArray[np.int64]) -> "Answers":
        """Return the answers at some rows, ascending; learners, items and categories keep their numbers."""
        return replace(
            self,
            learner=self.learner[rows],
            item=self.item[rows],
            category=self.category[rows],
            correct=self.correct[rows],
            seconds=self.seconds[rows],
        )


def read(path: Path, *, like: Answers | None = None) -> Answers:
    """Read a file of answers (.csv or .csv.gz); ``like`` gives items and categories their numbers.

    :raises UnusableFile: if there is no such file, its columns are wrong, or no line of it can be used.
    """
    columns = _Columns(like)
    try:
        with _opened(path) as lines:
            for line in answer_files.read(lines):
                if isinstance(line, answer_files.BadLine):
                    columns.bad.append(line)
                else:
                    columns.add(line)
    except answer_files.WrongColumns as error:
        raise UnusableFile(f"{path.name}: {error}") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnusableFile(f"{path.name} is damaged: {error}.") from error
    except OSError as error:
        raise UnusableFile(f"{path} cannot be read: {error.strerror or error}.") from error
    if not columns.correct:
        first = f"; line {columns.bad[0].line}: {columns.bad[0].reason}" if columns.bad else ""
        raise UnusableFile(f"{path.name} has no usable answers{first}.")
    return columns.answers()


class _Columns:
    def __init__(self, like: Answers | None) -> None:
        self.learners: dict[str, int] = {}
        self.items: dict[str | None, int] = _numbers(like.items if like else [])
        self.categories: dict[str | None, int] = _numbers(like.categories if like else [])
        self.bad: list[answer_files.BadLine] = []
        self.learner: list[int] = []
        self.item: list[int] = []
        self.category: list[int] = []
        self.correct: list[bool] = []
        self.seconds: list[float | None] = []

    def add(self, line: answer_files.AnswerLine) -> None:
        self.learner.append(self.learners.setdefault(line.learner, len(self.learners)))
        self.item.append(self.items.setdefault(line.item, len(self.items) - 1))
        self.category.append(self.categories.setdefault(line.category, len(self.categories) - 1))
        self.correct.append(line.correct)
        self.seconds.append(line.seconds)

    def answers(self) -> Answers:
        learner = np.array(self.learner, np.int64)
        order = np.argsort(learner, kind="stable")
        return Answers(
            learner=learner[order],
            item=np.array(self.item, np.int64)[order],
            category=np.array(self.category, np.int64)[order],
            correct=np.array(self.correct, np.bool_)[order],
            seconds=np.array(self.seconds, np.float64)[order],
            learners=list(self.learners),
            items=[name for name in self.items if name is not None],
            categories=[name for name in self.categories if name is not None],
            bad_lines=tuple(self.bad),
        )


def _numbers(names: list[str]) -> dict[str | None, int]:
    """Number names from 0; None, for rows that have no name, is −1."""
    return {None: -1, **{name: number for number, name in enumerate(names)}}


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str]]:
    with path.open("rb") as raw:
        zipped = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if zipped else raw
        yield io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape")
