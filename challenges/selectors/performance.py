"""How challenges go: what staff read of the last days, and a fair comparison of the personal choice with the rules."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet, Sum
from numpy.typing import NDArray

from challenges.comparison import Comparison, compare
from challenges.models import Challenge, ChallengeRating, GenerationRun, Origin, Status
from challenges.models.ratings import Verdict
from challenges.selectors.rules import current_settings
from learners.api import site_date
from learners.common.columns import columns_of

DONE = Q(status=Status.COMPLETED)
BEGUN = DONE | Q(progress__gt=0) | Q(answered__gt=0)
NO_CHALLENGES, TOO_LITTLE = "no_challenges", "too_little_data"


def period(days: int, now: datetime) -> tuple[date, date, int]:
    """Return first and last day and their number: never more than the days to keep, for older failures are gone."""
    days = min(days, current_settings().retention_days)
    today = site_date(now)
    return today - timedelta(days=days - 1), today, days


def performance_stats(*, days: int, now: datetime) -> dict[str, Any]:
    """Return the specification's overview; rates (0–1) are of challenges that chance gave to one choice or the other.

    A rate without data is null, with its reason beside it.
    """
    first, last, days = period(days, now)
    counts = _between(first, last).aggregate(
        total=Count("pk"), ml=Count("pk", filter=Q(source=Origin.ML)), by_hand=Count("pk", filter=_by_hand())
    )
    compared = comparisons(first=first, last=last)
    completion = compared["completion"]
    rates = {"ml": completion["ml"]["share"], "fallback": completion["fallback"]["share"]}
    return {
        "period_days": days,
        "total_challenges": counts["total"],
        "ml_challenges": counts["ml"],
        "fallback_challenges": counts["total"] - counts["ml"] - counts["by_hand"],
        "manual_challenges": counts["by_hand"],
        **{f"{name}_completion_rate": rate for name, rate in rates.items()},
        **{f"{name}_completion_rate_reason": NO_CHALLENGES if rate is None else None for name, rate in rates.items()},
        "ml_enabled": current_settings().ml_on,
        "comparison": compared,
        "errors": GenerationRun.objects.filter(local_date__gte=first, local_date__lte=last).aggregate(
            sum=Sum("errors")
        )["sum"]
        or 0,
    }


def comparisons(*, first: date, last: date) -> dict[str, Any]:
    """Compare the personal choice with the rules where a lot decided: completion, participation, ratings."""
    drawn = _between(first, last).filter(randomized=True, source__in=(Origin.ML, Origin.FALLBACK))
    named = (
        drawn.values("learner_id", "source")
        .annotate(n=Count("pk"), begun=Count("pk", filter=BEGUN), done=Count("pk", filter=DONE))
        .values_list("learner_id", "source", "n", "begun", "done")
    )
    learner, source, n, begun, done = columns_of(named, ("int8", "int2", "int8", "int8", "int8"))
    verdicts = (
        ChallengeRating.objects.filter(challenge__in=drawn)
        .values("challenge__learner_id", "challenge__source")
        .annotate(n=Count("pk"), useful=Count("pk", filter=Q(verdict=Verdict.USEFUL)))
        .values_list("challenge__learner_id", "challenge__source", "n", "useful")
    )
    rater, rated_source, rated, useful = columns_of(verdicts, ("int8", "int2", "int8", "int8"))
    return {
        "only": "challenges whose choice was drawn by lot",
        "completion": _told(_arms(learner, source, n, done)),
        "participation": _told(_arms(learner, source, n, begun)),
        "rated_useful": _told(_arms(rater, rated_source, rated, useful)),
    }


def by_type(*, first: date, last: date) -> dict[str, dict[str, Any]]:
    """Return counts by "<type>_ml" and "<type>_manual" (all that the personal choice did not choose).

    The type follows from the choice, so these describe; only `comparisons` compares.
    """
    rows = (
        _between(first, last)
        .values("type__code", "source")
        .annotate(n=Count("pk"), done=Count("pk", filter=DONE))
        .values_list("type__code", "source", "n", "done")
        .order_by("type__code", "source")
    )
    found: dict[str, dict[str, Any]] = {}
    for code, source, n, done in rows:
        key = f"{code}_{'ml' if source == Origin.ML else 'manual'}"
        entry = found.setdefault(key, {"total_assigned": 0, "total_completed": 0})
        entry["total_assigned"] += n
        entry["total_completed"] += done
    for entry in found.values():
        entry["completion_rate"] = round(entry["total_completed"] / entry["total_assigned"], 4)
    return found


def _between(first: date, last: date) -> QuerySet[Challenge]:
    return Challenge.objects.filter(local_date__gte=first, local_date__lte=last)


def _by_hand() -> Q:
    return Q(source=Origin.MANUAL)


def _arms(learner: NDArray[Any], source: NDArray[Any], n: NDArray[Any], hits: NDArray[Any]) -> Comparison:
    """Lay the counts out by learner, an array per arm."""
    ids = np.unique(learner)
    tries, successes = [], []
    for origin in (Origin.ML, Origin.FALLBACK):
        here = source == int(origin)
        row = np.searchsorted(ids, learner[here])
        tries.append(np.bincount(row, weights=n[here], minlength=len(ids)).astype(float))
        successes.append(np.bincount(row, weights=hits[here], minlength=len(ids)).astype(float))
    return compare((tries[0], tries[1]), (successes[0], successes[1]))


def _told(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison with the arms' names; without enough data it says so instead of a difference."""
    return {
        "ml": asdict(comparison.first),
        "fallback": asdict(comparison.second),
        "difference": comparison.difference,
        "low": comparison.low,
        "high": comparison.high,
        "verdict": comparison.verdict,
        "difference_reason": TOO_LITTLE if comparison.difference is None else None,
    }
