"""Opening a round, answering its questions, closing it; the pages and the API call the same functions.

An answer is claimed first and recorded second: whatever happens between, sending it again finishes the same answer.
"""

import uuid
from datetime import datetime

from gamification_site.practice import draw
from gamification_site.practice.errors import (
    AnsweredOtherwise,
    BadLength,
    NoSuchTopic,
    NotTheNextQuestion,
    RoundOver,
    TimeIsUp,
)
from gamification_site.practice.models import MOCK_TEST_LASTS, Kind, PracticeAnswer, PracticeRound
from gamification_site.practice.question_bank import all_questions, by_category
from gamification_site.practice.selectors import (
    MOCK_TEST_LENGTH,
    SOURCE,
    Graded,
    activity_id,
    graded,
    question_at,
    refuse_if_over,
)
from learners.api import (
    Activity,
    LearnerProfile,
    LearnersError,
    NewActivity,
    Recorded,
    Source,
    get_weak_areas,
    record_activities,
)
from learners.api import close_round as close_activity_round
from learners.api import open_round as open_activity_round
from learners.common.bulk import insert_new

LENGTHS = (5, 10, 15)  # questions
REMEMBERED = 1_000  # newest answers that decide what is new and what was wrong


def practice_source() -> Source:
    """Return the source under which the demo's own questions report, made at first need."""
    source, _made = Source.objects.get_or_create(
        code=SOURCE, defaults={"name": "Practice", "learner_ids_are_users": True, "creates_categories": False}
    )
    return source


def open_round(
    *, learner: LearnerProfile, kind: str, now: datetime, category: str | None = None, length: int | None = None
) -> PracticeRound:
    """Draw the questions of a new round; a topic with too few questions is filled up from the others.

    :raises BadLength, NoSuchTopic: if there is no such round.
    """
    if kind == Kind.MOCK_TEST and (category or length not in (None, MOCK_TEST_LENGTH)):
        raise BadLength()
    if kind == Kind.PRACTICE and length not in LENGTHS:
        raise BadLength()
    source = practice_source()
    key = uuid.uuid4()
    drawn = _draw(learner, source, kind=kind, category=category, length=length or MOCK_TEST_LENGTH, now=now)
    opened = open_activity_round(
        source=source,
        client_id=f"practice:{key}",
        learner=str(learner.uuid),
        planned=len(drawn),
        now=now,
        kind=kind,
        category=category,
    )
    return PracticeRound.objects.create(
        uuid=key,
        learner=learner,
        kind=kind,
        category=category or "",
        questions=drawn,
        client_id=opened.client_id,
        opened_at=now,
        deadline_at=now + MOCK_TEST_LASTS if kind == Kind.MOCK_TEST else None,
    )


def _draw(
    learner: LearnerProfile, source: Source, *, kind: str, category: str | None, length: int, now: datetime
) -> list[str]:
    questions = by_category(category) if category else all_questions()
    if not questions:
        raise NoSuchTopic()
    day = learner.local_date(now)
    version = str(PracticeRound.objects.filter(learner=learner).count())
    if kind == Kind.MOCK_TEST:
        return draw.for_mock_test(questions, length=length, learner_id=learner.pk, day=day, version=version)
    return draw.for_practice(
        questions,
        others=[question for question in all_questions() if question.category != category] if category else (),
        length=length,
        learner_id=learner.pk,
        day=day,
        version=version,
        last_results=_last_results(learner, source),
        weak_topics=get_weak_areas(learner, now=now),
    )


def _last_results(learner: LearnerProfile, source: Source) -> dict[str, bool]:
    rows = Activity.objects.filter(learner=learner).order_by("-id")
    newest = rows.values_list("source_id", "item__key", "correct")[:REMEMBERED]
    return {key: right for owner, key, right in reversed(newest) if owner == source.pk and key and right is not None}


def submit(
    *, practice: PracticeRound, position: int, option: int, now: datetime, seconds: float | None = None
) -> Graded:
    """Grade the option chosen at ``position``, record it, and say what followed; sent again, it is the first answer.

    :raises AnsweredOtherwise: if another option was chosen before; :raises NotTheNextQuestion: if it was not asked yet;
    :raises RoundOver, TimeIsUp: if no more answers are taken.
    """
    answer, is_new = _claim(practice, position=position, option=option, seconds=seconds, now=now)
    recorded = _record(practice, answer, now=now)
    _move_on(practice, answer, now=now)
    if answer.option != option:
        raise AnsweredOtherwise()
    return graded(practice, answer, recorded.outcome, replayed=not is_new, now=now)


def _claim(
    practice: PracticeRound, *, position: int, option: int, seconds: float | None, now: datetime
) -> tuple[PracticeAnswer, bool]:
    """Return the answer that stands at ``position`` and whether it is this one."""
    known = practice.answers.filter(position=position).first()
    if known is not None:
        return known, False
    try:
        refuse_if_over(practice, now=now)
    except TimeIsUp:
        close(practice=practice, now=now)
        raise
    if position != practice.position:
        raise NotTheNextQuestion()
    row = {
        "round_id": practice.pk,
        "position": position,
        "option": option,
        "correct": option == question_at(practice, position).correct,
        "seconds": seconds,
        "answered_at": now,
    }
    made = insert_new(PracticeAnswer, [row], conflict=["round_id", "position"])
    return practice.answers.get(position=position), bool(made)


def _record(practice: PracticeRound, answer: PracticeAnswer, *, now: datetime) -> Recorded:
    question = question_at(practice, answer.position)
    activity = NewActivity(
        client_id=activity_id(practice, answer.position),
        learner=str(practice.learner.uuid),
        category=question.category,
        item=question.key,
        correct=answer.correct,
        round=practice.client_id,
        seconds=answer.seconds,
    )
    try:
        (recorded,) = record_activities(activities=[activity], source=practice_source(), now=now)
    except LearnersError as error:
        answer.delete()  # it counts nowhere
        if error.code == RoundOver.code:
            raise RoundOver() from error
        raise
    return recorded


def _move_on(practice: PracticeRound, answer: PracticeAnswer, *, now: datetime) -> None:
    """Ask the question after ``answer`` next; the last answer closes the round."""
    changes: dict[str, object] = {"position": answer.position + 1}
    if answer.position + 1 >= practice.length:
        changes["closed_at"] = now
    if PracticeRound.objects.filter(pk=practice.pk, position=answer.position).update(**changes):
        for name, value in changes.items():
            setattr(practice, name, value)


def close(*, practice: PracticeRound, now: datetime) -> PracticeRound:
    """Close the round before it is full; closed again it stays as it was."""
    close_activity_round(source=practice_source(), client_id=practice.client_id, now=now)
    PracticeRound.objects.filter(pk=practice.pk, closed_at=None).update(closed_at=now)
    practice.refresh_from_db(fields=["position", "closed_at"])
    return practice


def settle(*, practice: PracticeRound, now: datetime) -> PracticeRound:
    """Close the round if its time has passed."""
    if practice.closed_at is None and practice.is_over(now):
        return close(practice=practice, now=now)
    return practice
