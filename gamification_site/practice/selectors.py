"""Questions without their answers, what an answer was worth, and how a round went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from challenges.api import Challenge, shown
from gamification_site.practice.errors import QuestionGone, RoundOver, TimeIsUp
from gamification_site.practice.models import Kind, PracticeAnswer, PracticeRound
from gamification_site.practice.question_bank import Question, all_questions
from learners.api import Activity, Category
from rewards.api import Holdings, holdings_of, price_names

SOURCE = "practice"
MOCK_TEST_LENGTH = 45  # questions, as in the real test
MOCK_TEST_NEEDS = 38  # right answers, as in the real test


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it is asked: nothing in it tells the answer."""

    key: str
    position: int
    length: int
    category: str
    category_label: str
    text: str
    options: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """Something that was paid, or was not because of a limit."""

    reason: str
    name: str  # in the reader's language
    xp: int
    limit: str | None  # most, diminished, capped or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A challenge that an answer moved."""

    id: int
    title: str
    progress: int
    goal: int
    completed: bool
    xp: int  # paid by this answer, the bonus included


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One answer, its grade, and everything that followed."""

    position: int
    length: int
    option: int
    correct: bool
    right_option: int
    explanation: str
    rule: str
    text: str
    options: Sequence[str]
    replayed: bool
    is_over: bool
    xp: int  # all that this answer earned
    earnings: Sequence[Earning]
    challenges: Sequence[Moved]
    streak: int  # days in a row
    new_level: int | None  # reached by this answer
    points: Holdings  # as of now


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """How many questions of a topic were asked and answered right."""

    category: str
    label: str
    asked: int
    correct: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An answered question, looked back upon."""

    position: int
    text: str
    option: str
    right_option: str
    correct: bool
    explanation: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a round went, or goes."""

    round: PracticeRound
    answered: int
    correct: int
    passed: bool | None  # None: not a mock test, or not over
    xp: int
    topics: Sequence[TopicResult]
    answers: Sequence[Reviewed]


@cache
def bank() -> Mapping[str, Question]:
    """Return every question by key."""
    return {question.key: question for question in all_questions()}


def rounds_of(actor: Any) -> QuerySet[PracticeRound]:
    """Return the rounds of the person ``actor``, newest first, with their counts."""
    answered = Count("answers")
    correct = Count("answers", filter=Q(answers__correct=True))
    rows = PracticeRound.objects.filter(learner__user=actor).select_related("learner")
    return rows.annotate(answered=answered, correct=correct).order_by("-id")


def topic_labels() -> dict[str, str]:
    """Return the topics that have questions, by code, named in the reader's language and in the editors' order."""
    there = {question.category for question in all_questions()}
    return {row.code: str(row) for row in Category.objects.order_by("position", "code") if row.code in there}


def next_question(practice: PracticeRound, *, now: datetime) -> Asked:
    """Return the question at the round's position, without its answer.

    :raises RoundOver, TimeIsUp: if no more are asked; :raises QuestionGone: if the bank has it no longer.
    """
    refuse_if_over(practice, now=now)
    question = question_at(practice, practice.position)
    return Asked(
        key=question.key,
        position=practice.position,
        length=practice.length,
        category=question.category,
        category_label=topic_labels().get(question.category, question.category),
        text=question.text,
        options=question.options,
    )


def refuse_if_over(practice: PracticeRound, *, now: datetime) -> None:
    """:raises RoundOver: if the round takes no more answers; :raises TimeIsUp: if only its deadline stopped it."""
    if practice.closed_at is not None or practice.position >= practice.length:
        raise RoundOver()
    if now >= practice.ends_at:
        raise TimeIsUp() if practice.deadline_at else RoundOver()


def question_at(practice: PracticeRound, position: int) -> Question:
    """Return a question of the round.

    :raises QuestionGone: if the bank has it no longer.
    """
    question = bank().get(practice.questions[position])
    if question is None:
        raise QuestionGone()
    return question


def graded(
    practice: PracticeRound, answer: PracticeAnswer, outcome: Mapping[str, Any], *, replayed: bool, now: datetime
) -> Graded:
    """Return ``answer`` with its grade and what is stored as its outcome, in words."""
    question = question_at(practice, answer.position)
    points = holdings_of(learner_id=practice.learner_id)
    return Graded(
        position=answer.position,
        length=practice.length,
        option=answer.option,
        correct=answer.correct,
        right_option=question.correct,
        explanation=question.explanation,
        rule=question.rule,
        text=question.text,
        options=question.options,
        replayed=replayed,
        is_over=practice.is_over(now),
        xp=xp_in(outcome),
        earnings=_earnings(outcome),
        challenges=_moved(outcome, practice, now),
        streak=outcome.get("streak", 0),
        new_level=_new_level(outcome, points),
        points=points,
    )


def graded_before(practice: PracticeRound, *, position: int, now: datetime) -> Graded | None:
    """Return the answer given at ``position`` as `graded` said it; None if there is none."""
    answer = practice.answers.filter(position=position).first()
    if answer is None:
        return None
    client_id = activity_id(practice, position)
    rows = Activity.objects.filter(source__code=SOURCE, client_id=client_id).values_list("outcome", flat=True)
    return graded(practice, answer, rows.first() or {}, replayed=True, now=now)


def activity_id(practice: PracticeRound, position: int) -> str:
    """Return the client id of the activity that an answer is recorded as."""
    return f"{practice.client_id}:{position}"


def xp_in(outcome: Mapping[str, Any]) -> int:
    """Return all XP that an activity's outcome tells of."""
    challenges = outcome.get("challenges", {}).get("challenges", [])
    return int(outcome.get("rewards", {}).get("xp", 0)) + sum(_paid(row) for row in challenges)


def _new_level(outcome: Mapping[str, Any], points: Holdings) -> int | None:
    """Return the level in which the learner is, if this activity's XP led into it."""
    rewards = outcome.get("rewards", {})
    before = rewards.get("total_xp", 0) - rewards.get("xp", 0)
    return points.level.number if before < points.level.xp_from <= before + xp_in(outcome) else None


def _paid(row: Mapping[str, Any]) -> int:
    return int(row.get("xp", 0)) + int(row.get("bonus", 0))


def _earnings(outcome: Mapping[str, Any]) -> list[Earning]:
    lines = outcome.get("rewards", {}).get("entries", [])
    names = price_names() if lines else {}
    return [
        Earning(
            reason=line["reason"], name=names.get(line["reason"], line["reason"]), xp=line["xp"], limit=line["limit"]
        )
        for line in lines
    ]


def _moved(outcome: Mapping[str, Any], practice: PracticeRound, now: datetime) -> list[Moved]:
    told = {row["id"]: row for row in outcome.get("challenges", {}).get("challenges", [])}
    if not told:
        return []
    rows = Challenge.objects.filter(pk__in=told).select_related("type", "category").order_by("local_date", "slot")
    return [
        Moved(
            id=row.id,
            title=row.title,
            progress=told[row.id]["progress"],
            goal=told[row.id]["goal"],
            completed=told[row.id]["completed"],
            xp=_paid(told[row.id]),
        )
        for row in shown(list(rows), today=practice.learner.local_date(now))
    ]


def result(practice: PracticeRound, *, now: datetime) -> Result:
    """Return how the round went: by topic, and each answered question with its right answer."""
    answers = list(practice.answers.order_by("position"))
    correct = sum(answer.correct for answer in answers)
    return Result(
        round=practice,
        answered=len(answers),
        correct=correct,
        passed=passed(practice, correct=correct, now=now),
        xp=_xp_of(practice),
        topics=_by_topic(practice, answers),
        answers=[_reviewed(answer, bank()[key]) for answer in answers if (key := _key(practice, answer)) in bank()],
    )


def passed(practice: PracticeRound, *, correct: int, now: datetime) -> bool | None:
    """Say whether a mock test that is over was passed; answers after its deadline are never taken."""
    if practice.kind != Kind.MOCK_TEST or not practice.is_over(now):
        return None
    return correct >= MOCK_TEST_NEEDS


def _key(practice: PracticeRound, answer: PracticeAnswer) -> str:
    return str(practice.questions[answer.position])


def _xp_of(practice: PracticeRound) -> int:
    ids = [activity_id(practice, position) for position in range(practice.length)]
    outcomes = Activity.objects.filter(source__code=SOURCE, client_id__in=ids).values_list("outcome", flat=True)
    return sum(xp_in(outcome or {}) for outcome in outcomes)


def _by_topic(practice: PracticeRound, answers: Sequence[PracticeAnswer]) -> list[TopicResult]:
    right = {_key(practice, answer) for answer in answers if answer.correct}
    asked: dict[str, list[bool]] = {}
    for key in practice.questions:
        if key in bank():
            asked.setdefault(bank()[key].category, []).append(key in right)
    return [
        TopicResult(category=code, label=label, asked=len(asked[code]), correct=sum(asked[code]))
        for code, label in topic_labels().items()
        if code in asked
    ]


def _reviewed(answer: PracticeAnswer, question: Question) -> Reviewed:
    return Reviewed(
        position=answer.position,
        text=question.text,
        option=question.options[answer.option],
        right_option=question.options[question.correct],
        correct=answer.correct,
        explanation=question.explanation,
        rule=question.rule,
    )
