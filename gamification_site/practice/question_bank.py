"""The demo's questions for the theory test, class B, in Bokmål; read from one file per topic; pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "questions"
OPTIONS = 4  # as in the real test

TOPICS = (
    "traffic_signs",
    "traffic_rules",
    "speed",
    "positioning",
    "overtaking",
    "licence_law",
    "dangerous_situations",
    "stopping_distance",
    "vulnerable_users",
    "conditions",
    "impairment",
    "first_aid",
    "vehicle_technology",
    "road_markings",
    "priority_rules",
    "roundabouts",
    "parking_rules",
    "environment_driving",
)


class BrokenQuestion(ValueError):
    """A question in a file cannot be asked as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with one right option."""

    key: str
    category: str
    text: str
    options: tuple[str, ...]
    correct: int  # index of the right option, from 0
    explanation: str
    rule: str  # the law, regulation, sign or advice that it tests


@cache
def all_questions() -> tuple[Question, ...]:
    """Return every question, topic by topic.

    :raises BrokenQuestion: if a file holds one that cannot be asked.
    """
    return parsed({topic: read(FOLDER / f"{topic}.json") for topic in TOPICS})


@cache
def by_category(code: str) -> tuple[Question, ...]:
    """Return the questions of a topic; none if the bank has none for it."""
    return tuple(question for question in all_questions() if question.category == code)


def read(file: Path) -> list[dict[str, object]]:
    """Return the rows of a file, unchecked.

    :raises BrokenQuestion: if it holds no list of rows.
    """
    try:
        rows = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenQuestion(f"The file {file.name} cannot be read: {error}.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenQuestion(f"The file {file.name} is not a list of questions.")
    return rows


def parsed(rows_by_topic: Mapping[str, Iterable[Mapping[str, object]]]) -> tuple[Question, ...]:
    """Return checked questions from what the files hold.

    :raises BrokenQuestion: at the first row that cannot be asked, and for a key used twice.
    """
    questions: dict[str, Question] = {}
    for topic, rows in rows_by_topic.items():
        for row in rows:
            question = _question(row, topic)
            if question.key in questions:
                raise BrokenQuestion(f"The key {question.key} is used twice.")
            questions[question.key] = question
    return tuple(questions.values())


def _question(row: Mapping[str, object], topic: str) -> Question:
    key = _text(row, "key", row.get("key"))
    unknown = set(row) - {field.name for field in fields(Question)}
    if unknown:
        raise BrokenQuestion(f"Question {key} has a field that nobody reads: {min(unknown)}.")
    category = _text(row, "category", key)
    if category not in TOPICS:
        raise BrokenQuestion(f"Question {key} has the unknown category {category}.")
    if category != topic:
        raise BrokenQuestion(f"Question {key} of {category} is in the file of {topic}.")
    return Question(
        key=key,
        category=category,
        text=_text(row, "text", key),
        options=_options(row.get("options"), key),
        correct=_index(row.get("correct"), key),
        explanation=_text(row, "explanation", key),
        rule=_text(row, "rule", key),
    )


def _text(row: Mapping[str, object], field: str, key: object) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BrokenQuestion(f"Question {key} has no {field}.")
    return value


def _options(value: object, key: str) -> tuple[str, ...]:
    options = tuple(value) if isinstance(value, list) else ()
    written = {option.strip().casefold() for option in options if isinstance(option, str)} - {""}
    if len(options) != OPTIONS or len(written) != OPTIONS:
        raise BrokenQuestion(f"Question {key} does not have four different options.")
    return options


def _index(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < OPTIONS:
        raise BrokenQuestion(f"Question {key} does not say which option, 0 to 3, is right.")
    return value
