"""Challenges as learners and their teachers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.changes import worded as worded_changes
from challenges.models import Challenge, Origin, Status, Unit
from challenges.reasons import worded as worded_reasons
from learners.api import (
    ONLINE_ESTIMATE,
    LearnerProfile,
    SkillEstimate,
    Worded,
    WordingError,
    render,
    slots_of,
    wordings_for,
)
from learners.api import visible_to as visible_learners

MISSED, EXPIRED = "missed", "expired"


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
    reopened_at: datetime | None
    rating: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a learner got a challenge, and what would have made another."""

    id: int
    source: str
    model_version: str
    summary: str
    reasons: list[dict[str, str]]
    would_change: list[dict[str, str]]


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


def has_day(learner: LearnerProfile, *, day: date) -> bool:
    """Say whether the learner has challenges of ``day``."""
    return Challenge.objects.filter(learner=learner, local_date=day).exists()


def first_of(learner: LearnerProfile, *, day: date) -> Challenge | None:
    """Return the learner's first challenge of ``day``."""
    return challenges_of(learner, day=day).first()


def history_of(learner: LearnerProfile, *, first: date | None = None, last: date | None = None) -> QuerySet[Challenge]:
    """Return one learner's challenges of all days, or of those from ``first`` to ``last``."""
    found = Challenge.objects.filter(learner=learner)
    if first is not None:
        found = found.filter(local_date__gte=first)
    if last is not None:
        found = found.filter(local_date__lte=last)
    return _worded(found)


def _worded(rows: QuerySet[Challenge]) -> QuerySet[Challenge]:
    return rows.select_related("type", "category", "rating")


def status_on(challenge: Challenge, today: date) -> str:
    """Return open, completed, abandoned, missed (it may be reopened) or expired, as of the learner's ``today``."""
    if challenge.status != Status.OPEN:
        return Status(challenge.status).name.lower()
    if challenge.last_date < today:
        return EXPIRED
    waits = challenge.reopened_at is None and challenge.type.unit != Unit.DAYS
    return MISSED if challenge.local_date < today and waits else Status.OPEN.name.lower()


def shown(challenges: Sequence[Challenge], *, today: date) -> list[Shown]:
    """Return challenges in the reader's language, as of the learner's ``today``."""
    words = said(challenges)
    prefetch_related_objects(challenges, "rating")
    return [_show(row, words[row.pk], today) for row in challenges]


def why(challenge: Challenge) -> Why:
    """Return in the reader's language what stood behind a choice: codes that were stored with it, put in words."""
    origin = Origin(challenge.source)
    return Why(
        id=challenge.pk,
        source=origin.name.lower(),
        model_version=challenge.model_version,
        summary=_summary(origin, challenge.model_version),
        reasons=worded_reasons(challenge.reasons),
        would_change=worded_changes(challenge.reasons),
    )


def _summary(origin: Origin, version: str) -> str:
    if origin == Origin.MANUAL:
        return _("An administrator wrote this challenge.")
    if origin == Origin.ONBOARDING:
        return _("Simple rules chose a short first quiz (%(version)s).") % {"version": version}
    if origin == Origin.FALLBACK:
        return _("Simple rules chose this challenge (%(version)s).") % {"version": version}
    if version == ONLINE_ESTIMATE:
        return _("The estimate of your skills chose this challenge (%(version)s).") % {"version": version}
    return _("A model that learned from many answers chose this challenge (%(version)s).") % {"version": version}


def _show(row: Challenge, words: Said, today: date) -> Shown:
    return Shown(
        id=row.pk,
        local_date=row.local_date,
        last_date=row.last_date,
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
        reopened_at=row.reopened_at,
        rating=row.rating.verdict if hasattr(row, "rating") else None,
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
