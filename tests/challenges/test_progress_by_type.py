"""What moves each type of challenge, and what does not: one line per case."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from challenges.progress import Standing
from learners.facts import ActivityFact
from tests.challenges.test_progress import ANSWER, ROUND, RULES, SIGNS, after
from tests.factories import NOON

QUIZ = Standing(kind="quiz", category_id=None, requirement=2)
QUIZ_SIGNS = replace(QUIZ, category_id=SIGNS)
FOCUS = Standing(kind="category_focus", category_id=SIGNS, requirement=2)
ACCURACY = Standing(kind="accuracy_challenge", category_id=SIGNS, requirement=3, target_correct=2)
SPEED = Standing(kind="speed_challenge", category_id=None, requirement=3, target_correct=2, minutes=2)
PERFECT = Standing(kind="perfect_score", category_id=None, requirement=3)


def answer(*, right: bool | None = True, topic: int | None = SIGNS, at: float = 0, **given: Any) -> ActivityFact:
    """Return an answer ``at`` seconds after noon."""
    return replace(ANSWER, correct=right, category_id=topic, occurred_at=NOON + timedelta(seconds=at), **given)


def last_of_round(*, planned: int = 3, wrong: int = 0, topic: int | None = SIGNS) -> ActivityFact:
    """Return the answer that closed a round."""
    return answer(round=replace(ROUND, planned=planned, answered=planned, correct=planned - wrong, category_id=topic))


RIGHT, WRONG = answer(), answer(right=False)
CASES: list[tuple[str, Standing, list[ActivityFact], int, bool]] = [
    ("a quiz counts right and wrong answers", QUIZ, [RIGHT, WRONG], 2, True),
    ("a quiz of all topics counts every topic", QUIZ, [answer(topic=RULES), answer(topic=None)], 2, True),
    ("a quiz counts answers that are not graded", QUIZ, [answer(right=None)], 1, False),
    ("a quiz of a topic counts no other topic", QUIZ_SIGNS, [answer(topic=RULES), RIGHT], 1, False),
    ("a quiz of a topic counts no answer without one", QUIZ_SIGNS, [answer(topic=None)], 0, False),
    ("a quiz counts no lesson", QUIZ, [answer(kind="lesson")], 0, False),
    ("a quiz counts no contribution", QUIZ, [answer(kind="contribution")], 0, False),
    ("a quiz stops where it is complete", QUIZ, [RIGHT, RIGHT, RIGHT], 2, True),
    ("a topic in focus counts its answers", FOCUS, [RIGHT, WRONG], 2, True),
    ("a topic in focus counts no other", FOCUS, [answer(topic=RULES), answer(topic=RULES)], 0, False),
    ("a topic in focus counts no lesson about it", FOCUS, [answer(kind="lesson")], 0, False),
    ("accuracy is reached with enough right", ACCURACY, [RIGHT, WRONG, RIGHT], 2, True),
    ("accuracy is not reached by answering alone", ACCURACY, [WRONG, WRONG, WRONG], 0, False),
    ("accuracy missed by one starts again", ACCURACY, [RIGHT, WRONG, WRONG, RIGHT], 1, False),
    ("accuracy counts its topic only", ACCURACY, [RIGHT, answer(topic=RULES)], 1, False),
    ("accuracy needs graded answers", ACCURACY, [RIGHT, answer(right=None)], 1, False),
    ("accuracy counts no lesson", ACCURACY, [answer(kind="lesson"), RIGHT], 1, False),
    ("accuracy takes its time", ACCURACY, [RIGHT, answer(at=3_600)], 2, True),
    ("speed is kept within the minutes", SPEED, [RIGHT, answer(at=120)], 2, True),
    ("speed is missed a second later", SPEED, [RIGHT, answer(at=121)], 1, False),
    ("speed counts the time of the first question", SPEED, [answer(at=30, seconds=31.0), answer(at=120)], 1, False),
    ("speed needs right answers", SPEED, [RIGHT, answer(right=False, at=10), answer(right=False, at=20)], 1, False),
    ("speed begins anew after a missed try", SPEED, [RIGHT, answer(at=121), answer(at=200)], 2, True),
    ("speed counts nothing from before its first answer", SPEED, [answer(at=100), answer(at=0)], 1, False),
    ("no mistakes is a closed faultless round", PERFECT, [last_of_round()], 3, True),
    ("no mistakes takes a longer round", PERFECT, [last_of_round(planned=10)], 3, True),
    ("no mistakes takes no shorter round", PERFECT, [last_of_round(planned=2)], 0, False),
    ("no mistakes bears no mistake", PERFECT, [last_of_round(wrong=1)], 0, False),
    ("no mistakes is no matter of loose answers", PERFECT, [RIGHT, RIGHT, RIGHT], 0, False),
    (
        "no mistakes in a topic takes no round of another",
        replace(PERFECT, category_id=SIGNS),
        [last_of_round(topic=RULES)],
        0,
        False,
    ),
    (
        "no mistakes is not complete before the round is closed",
        PERFECT,
        [answer(round=replace(ROUND, closed=False, closed_by_this=False))],
        2,
        False,
    ),
]


@pytest.mark.parametrize(
    ("standing", "facts", "progress", "complete"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_by_what_its_type_says(standing: Standing, facts: list[ActivityFact], progress: int, complete: bool) -> None:
    moved = after(standing, *facts)

    assert (moved.progress, moved.is_complete) == (progress, complete)
