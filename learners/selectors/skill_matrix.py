"""Skills of many learners as dense arrays, for code that chooses for thousands at a time.

Everything is faded to the beginning of the given day (UTC), so that the same state gives the same numbers whenever
they are read on that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum
from numpy.typing import NDArray

from learners import elo, weakness
from learners.common.columns import columns_of
from learners.models import CategoryStatistic, LearnerDay, LearnerProfile, SkillEstimate, StatisticsVersion

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

VOLUME_DAYS = 28
SECONDS_PER_DAY = 86_400
_RECOMPUTED = -1.0  # stands for the chance that follows from the abilities


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillMatrix:
    """Learners in id order; matrices have the shape ``(n_learners, n_categories)``."""

    learner_ids: Integers
    p: Floats  # chance of a right answer today, 0–1
    n: Integers
    days: Floats  # since the last answer in the category; inf: never
    strength: Floats  # of the posterior, in answers
    answers: Integers  # (n_learners,), in all categories
    away_days: Floats  # since the last activity; inf: never
    personalized: NDArray[np.bool_]
    version: Integers
    active_days: Floats  # of the last 28
    recent_answers: Floats  # in the last 28 days
    overall: Floats  # mean chance over all answers, 0–1
    confidence: Floats  # 1 − width of the 90 % interval of ``overall``

    def __len__(self) -> int:
        return len(self.learner_ids)

    def part(self, index: Any) -> "SkillMatrix":
        """Return the learners that ``index`` (slice, mask or positions) selects."""
        return SkillMatrix(**{field.name: getattr(self, field.name)[index] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class _People:
    ids: Integers
    personalized: NDArray[np.bool_]
    answers: Integers
    theta: Floats
    seen: Floats  # seconds since 1970 of the last activity; −inf: never
    version: Integers


@dataclass(frozen=True, slots=True)
class _Skills:
    learner_ids: Integers
    category_ids: Integers
    theta: Floats
    n: Integers
    p: Floats
    seen: Floats


def category_logits(category_ids: Sequence[int]) -> Floats:
    """Return how easy each category is for an average learner, in logits; the prior where no statistics exist."""
    newest = StatisticsVersion.objects.filter(is_complete=True).order_by("-id").values("id")[:1]
    known = dict(CategoryStatistic.objects.filter(version__in=newest).values_list("category_id", "logit"))
    prior = elo.logit(elo.PRIOR_MEAN)
    return np.array([known.get(category, prior) for category in category_ids], dtype=float)


def skill_chunk(
    *,
    category_ids: Integers,
    logits: Floats,
    after_id: int,
    size: int,
    active_since: datetime,
    day: date,
    among: Q | None = None,
) -> SkillMatrix:
    """Return the next ``size`` learners after ``after_id`` who were active since then; three statements.

    :param among: a further condition on the learner.
    """
    wanted = Q(pk__gt=after_id, state__last_at__gte=active_since) & (among or Q())
    people = _read_people(wanted, size)
    return _matrix(people, category_ids, logits, day, exactly=False)


def skill_rows(*, learner_ids: Sequence[int], category_ids: Integers, logits: Floats, day: date) -> SkillMatrix:
    """Return the named learners, those without any answer included; forgotten ones are left out."""
    people = _read_people(Q(pk__in=sorted(set(learner_ids))), None)
    return _matrix(people, category_ids, logits, day, exactly=True)


def day_start(day: date) -> datetime:
    """Return the instant to which the skills of ``day`` are faded."""
    return datetime.combine(day, time.min, UTC)


def _matrix(people: _People, category_ids: Integers, logits: Floats, day: date, *, exactly: bool) -> SkillMatrix:
    ids, start = people.ids, day_start(day).timestamp()
    shape = (len(ids), len(category_ids))
    within = Q(learner_id__in=ids.tolist()) if exactly else _between(ids)
    theta, n, stored, seen = (np.zeros(shape), np.zeros(shape, np.int64), np.full(shape, _RECOMPUTED), np.zeros(shape))
    if len(ids) and shape[1]:
        skills = _read_skills(within)
        cells, kept = _cells(ids, category_ids, skills)
        for target, values in ((theta, skills.theta), (n, skills.n), (stored, skills.p), (seen, skills.seen)):
            target.reshape(-1)[cells] = values[kept]
    base = _sigmoid(logits[None, :] + people.theta[:, None] + theta)
    base = np.where(stored >= 0.0, stored, base)
    since = np.where(n > 0, np.maximum(start - seen, 0.0) / SECONDS_PER_DAY, 0.0)
    p, strength = weakness.posterior(base, n.astype(float), since)
    p = np.where(np.isfinite(p), np.clip(p, 0.0, 1.0), elo.GUESS)
    active, recent = _volume(ids, within, day) if len(ids) else (np.zeros(0), np.zeros(0))
    overall, confidence = _overall(p, n, strength, people.answers)
    return SkillMatrix(
        learner_ids=ids,
        p=p,
        n=n,
        days=np.where(n > 0, since, np.inf),
        strength=strength,
        answers=people.answers,
        away_days=np.maximum(start - people.seen, 0.0) / SECONDS_PER_DAY,
        personalized=people.personalized,
        version=people.version,
        active_days=active,
        recent_answers=recent,
        overall=overall,
        confidence=confidence,
    )


def _overall(p: Floats, n: Integers, strength: Floats, answers: Integers) -> tuple[Floats, Floats]:
    """Return the mean over all answers and its confidence; a half where nothing is known."""
    total = n.sum(axis=1)
    mean = np.where(total > 0, (p * n).sum(axis=1) / np.maximum(total, 1), 0.5)
    known = weakness.PRIOR_ANSWERS + (strength - weakness.PRIOR_ANSWERS).sum(axis=1)
    sure = np.where(answers > 0, weakness.confidence(mean, known), 0.5)
    return mean, sure


def _cells(ids: Integers, category_ids: Integers, skills: _Skills) -> tuple[Integers, NDArray[np.bool_]]:
    """Return flat positions in the matrix and which skill rows have one."""
    order = np.argsort(category_ids, kind="stable")
    column = np.minimum(np.searchsorted(category_ids[order], skills.category_ids), len(order) - 1)
    row = np.minimum(np.searchsorted(ids, skills.learner_ids), len(ids) - 1)
    kept = (ids[row] == skills.learner_ids) & (category_ids[order][column] == skills.category_ids)
    return (row * len(category_ids) + order[column])[kept], kept


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -500.0, 500.0))))


def _between(ids: Integers) -> Q:
    return Q(learner_id__gte=int(ids[0]), learner_id__lte=int(ids[-1])) if len(ids) else Q(pk__in=[])


def _read_people(wanted: Q, size: int | None) -> _People:
    rows = LearnerProfile.objects.filter(wanted, forgotten_at__isnull=True).order_by("pk")
    rows = rows[:size] if size is not None else rows
    named = rows.values_list(
        "pk", "personalized", "state__n_answers", "state__theta", "state__last_at", "state__version"
    )
    kinds = ("int8", "bool", "int4", "float8", "timestamptz", "int4")
    ids, personal, answers, theta, seen, version = columns_of(named, kinds)
    order = np.argsort(ids, kind="stable")
    return _People(
        ids=ids[order],
        personalized=personal.astype(bool)[order],
        answers=answers[order],
        theta=theta[order],
        seen=seen[order],
        version=version[order],
    )


def _read_skills(within: Q) -> _Skills:
    by_elo = ExpressionWrapper(Q(p_by=elo.VERSION), BooleanField())
    rows = SkillEstimate.objects.filter(within, n__gt=0).annotate(by_elo=by_elo)
    named = rows.values_list("learner_id", "category_id", "theta", "n", "p", "by_elo", "last_at")
    kinds = ("int8", "int8", "float8", "int4", "float8", "bool", "timestamptz")
    learner, category, theta, n, p, online, seen = columns_of(named, kinds)
    return _Skills(learner, category, theta, n, np.where(online.astype(bool), _RECOMPUTED, p), seen)


def _volume(ids: Integers, within: Q, day: date) -> tuple[Floats, Floats]:
    window = Q(local_date__gte=day - timedelta(days=VOLUME_DAYS), local_date__lt=day)
    rows = LearnerDay.objects.filter(within & window).values("learner_id")
    named = rows.annotate(days=Count("pk"), sum=Sum("answers")).values_list("learner_id", "days", "sum")
    learner, days, answers = columns_of(named, ("int8", "int8", "int8"))
    active, recent = np.zeros(len(ids)), np.zeros(len(ids))
    row = np.minimum(np.searchsorted(ids, learner), len(ids) - 1)
    kept = ids[row] == learner
    active[row[kept]] = days[kept]
    recent[row[kept]] = answers[kept]
    return active, recent
