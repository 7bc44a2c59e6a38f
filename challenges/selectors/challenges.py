"""Challenges as learners and their teachers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from challenges.models import Challenge, Origin, Status
from challenges.reasons import worded as worded_reasons
from learners.api import (
    LearnerProfile,
    SkillEstimate,
    Worded,
    WordingError,
    render,
    slots_of,
    wordings_for,
)
from learners.api import visible_to as visible_learners

EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A challenge as its learner reads it. How it was drawn (propensity, lot) is for evaluation only."""

    id: int
    local_date: date
    last_date: date
    slot: int
    type: str
    type_name: str
    title: str
    text: str
    category: str | None
    category_label: str | None
    requirement: int
    target_correct: int | None
    minutes: int | None
    unit: str
    progress: int
    goal: int
    status: str
    xp: int
    bonus: int
    difficulty: float
    source: str
    model_version: str
    reasons: list[dict[str, str]]
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """A challenge in the reader's language."""

    title: str
    text: str


def visible_to(actor: Any, *, today: date) -> QuerySet[Challenge]:
    """Return the challenges of all learners whom ``actor`` may see, newest first."""
    learners = visible_learners(actor, today=today)
    return _worded(Challenge.objects.filter(learner__in=learners)).order_by("-local_date", "slot", "pk")


def challenges_of(learner: LearnerProfile, *, day: date) -> QuerySet[Challenge]:
    """Return one learner's challenges of one day, in their order."""
    return _worded(Challenge.objects.filter(learner=learner, local_date=day)).order_by("slot")


def _worded(rows: QuerySet[Challenge]) -> QuerySet[Challenge]:
    return rows.select_related("type", "category")


def status_on(challenge: Challenge, today: date) -> str:
    """Return open, completed, abandoned or expired, as of the learner's ``today``."""
    if challenge.status == Status.OPEN and challenge.last_date < today:
        return EXPIRED
    return Status(challenge.status).name.lower()


def shown(challenges: Sequence[Challenge], *, today: date) -> list[Shown]:
    """Return challenges in the reader's language, as of the learner's ``today``."""
    words = said(challenges)
    return [_show(row, words[row.pk], today) for row in challenges]


def _show(row: Challenge, words: Said, today: date) -> Shown:
    return Shown(
        id=row.pk,
        local_date=row.local_date,
        last_date=row.last_date if row.type.unit == "days" else row.local_date,
        slot=row.slot,
        type=row.type.code,
        type_name=str(row.type),
        title=words.title,
        text=words.text,
        category=row.category.code if row.category else None,
        category_label=str(row.category) if row.category else None,
        requirement=row.requirement,
        target_correct=row.target_correct,
        minutes=row.minutes,
        unit=row.type.unit,
        progress=row.progress,
        goal=row.target_correct or row.requirement,
        status=status_on(row, today),
        xp=row.xp,
        bonus=row.bonus,
        difficulty=row.difficulty,
        source=Origin(row.source).name.lower(),
        model_version=row.model_version,
        reasons=worded_reasons(row.reasons),
        completed_at=row.completed_at,
    )


def said(challenges: Sequence[Challenge], *, language: str | None = None) -> dict[int, Said]:
    """Return title and text of each challenge by id: two statements at most.

    A challenge without a usable text is called by its type's name.
    """
    reader = language or get_language() or "en"
    texts = wordings_for([row.wording_id for row in challenges if row.wording_id is not None], reader)
    shares = _right_lately([row for row in challenges if _names_share(texts.get(row.wording_id or 0))])
    return {row.pk: _say(row, texts.get(row.wording_id or 0), shares, reader) for row in challenges}


def _say(challenge: Challenge, worded: Worded | None, shares: dict[tuple[int, int | None], int], reader: str) -> Said:
    name = str(challenge.type)
    if worded is None:
        return Said(title=name, text="")
    topic = challenge.category
    slots: dict[str, str | int | None] = {
        "n": challenge.requirement,
        "d": challenge.requirement,
        "r": challenge.target_correct,
        "min": challenge.minutes,
        "kat": (topic.bare or topic.label or topic.code) if topic else None,
        "kat_def": (topic.definite or topic.bare or topic.code) if topic else None,
        "pct": shares.get((challenge.learner_id, challenge.category_id)),
    }
    try:
        return Said(title=render(worded.title, slots, reader), text=render(worded.text, slots, reader))
    except WordingError:
        return Said(title=name, text="")


def _names_share(worded: Worded | None) -> bool:
    return worded is not None and "pct" in slots_of(worded.title) | slots_of(worded.text)


def _right_lately(challenges: Iterable[Challenge]) -> dict[tuple[int, int | None], int]:
    """Return the moving share of right answers in per cent, by learner and category."""
    pairs = {(row.learner_id, row.category_id) for row in challenges}
    if not pairs:
        return {}
    rows = SkillEstimate.objects.filter(
        learner_id__in={learner_id for learner_id, _ in pairs}, category_id__in={category for _, category in pairs}
    )
    return {(row.learner_id, row.category_id): round(row.ewma * 100) for row in rows}
