"""What the administrators' endpoints show, under the specification's names."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from challenges.models import Challenge, ChallengeType, GenerationRun, Origin, RunState, Status
from challenges.selectors.challenges import said
from challenges.selectors.performance import performance_stats, period
from challenges.selectors.rules import current_settings
from learners.api import ONLINE_ESTIMATE, Category, LearnerState, site_date

WEEK = 7
PERSONAL = Q(source=Origin.ML)
FEATURES = ["weak_areas", "skill_assessment", "difficulty", "review", "variety"]


def overview(*, now: datetime) -> dict[str, Any]:
    """Return the last week's numbers and how the choice fares and stands."""
    first, last, _days = period(WEEK, now)
    week = Challenge.objects.filter(local_date__gte=first, local_date__lte=last)
    counts = week.aggregate(
        total=Count("pk"), ml=Count("pk", filter=PERSONAL), by_hand=Count("pk", filter=Q(source=Origin.MANUAL))
    )
    return {
        "total_challenges_week": counts["total"],
        "ml_generated_week": counts["ml"],
        "manual_created_week": counts["by_hand"],
        "ml_enabled": current_settings().ml_on,
        "performance_stats": performance_stats(days=30, now=now),
        "ml_status": ml_status(),
    }


def ml_status() -> dict[str, Any]:
    """Say what the personal choice has to go by."""
    known = LearnerState.objects.filter(n_answers__gt=0, learner__forgotten_at__isnull=True)
    return {
        "ml_enabled": current_settings().ml_on,
        "skill_profiles": known.count(),
        "algorithm_version": ONLINE_ESTIMATE,
        "features_available": FEATURES,
        "unfinished_runs": GenerationRun.objects.filter(state=RunState.RUNNING).count(),
    }


def controls() -> dict[str, Any]:
    """Return what administrators control, as the specification's settings name it."""
    row = current_settings()
    return {
        "ml_enabled": row.ml_on,
        "fallback_enabled": row.fallback_on,
        "auto_generation_enabled": row.automation_on,
        "challenge_types_enabled": dict(
            ChallengeType.objects.order_by("position", "pk").values_list("code", "is_enabled")
        ),
        "categories_enabled": dict(Category.objects.order_by("position", "pk").values_list("code", "is_enabled")),
        "difficulty_range": {"min": row.difficulty_min, "max": row.difficulty_max},
        "xp_multiplier": float(row.xp_multiplier),
    }


def recent(*, days: int, limit: int, now: datetime) -> dict[str, Any]:
    """Return the newest challenges of the last days in the reader's language; each has one learner."""
    first = site_date(now) - timedelta(days=days - 1)
    found = list(
        Challenge.objects.filter(local_date__gte=first).select_related("type", "category").order_by("-pk")[:limit]
    )
    words = said(found)
    challenges = [
        {
            "id": row.pk,
            "title": words[row.pk].title,
            "description": words[row.pk].text,
            "challenge_type": row.type.code,
            "category": row.category.code if row.category else None,
            "requirement_value": row.requirement,
            "xp_reward": row.xp,
            "bonus_reward": row.bonus,
            "difficulty": row.difficulty,
            "date": row.local_date.isoformat(),
            "is_ml_generated": row.source == Origin.ML,
            "source": Origin(row.source).name.lower(),
            "stats": _stats(row),
        }
        for row in found
    ]
    return {"challenges": challenges, "total_found": len(challenges), "period_days": days}


def _stats(row: Challenge) -> dict[str, float]:
    done = int(row.status == Status.COMPLETED)
    return {"total_assigned": 1, "completed": done, "completion_rate": float(done)}


def stats(*, now: datetime) -> dict[str, Any]:
    """Return totals; "manual" is all that the personal choice did not choose, as in the specification."""
    row, today = current_settings(), Q(local_date=site_date(now))
    counts = Challenge.objects.aggregate(
        ml=Count("pk", filter=PERSONAL),
        other=Count("pk", filter=~PERSONAL),
        today_ml=Count("pk", filter=today & PERSONAL),
        today_other=Count("pk", filter=today & ~PERSONAL),
    )
    people = LearnerState.objects.filter(learner__forgotten_at__isnull=True).aggregate(
        with_data=Count("pk", filter=Q(n_answers__gte=row.min_answers)),
        active=Count("pk", filter=Q(last_at__gte=now - timedelta(days=row.inactivity_days))),
    )
    return {
        "total_ml_challenges": counts["ml"],
        "total_manual_challenges": counts["other"],
        "users_with_ml_data": people["with_data"],
        "total_active_users": people["active"],
        "today_ml_challenges": counts["today_ml"],
        "today_manual_challenges": counts["today_other"],
        "ml_system_status": {"enabled": row.ml_on, "service_initialized": ChallengeType.objects.exists()},
    }


def categories() -> list[dict[str, Any]]:
    """Return the enabled topics in the reader's language."""
    return [
        {
            "key": row.code,
            "name": str(row),
            "description": str(row.description),
            "difficulty_weight": float(row.weight),
        }
        for row in Category.objects.filter(is_enabled=True).order_by("position", "pk")
    ]


def challenge_types() -> list[dict[str, Any]]:
    """Return every type; ``scaling_factor`` is null for types that are the same for everyone, else one step of XP."""
    return [
        {
            "key": row.code,
            "name": str(row),
            "description": str(row.get_unit_display()),
            "base_xp": row.base_xp,
            "scaling_factor": row.base_xp // SCALING_PART if row.scales else None,
            "requirement_range": [row.requirement_min, row.requirement_max],
            "category_specific": row.needs_category,
            "ml_weight": row.ml_weight,
            "is_enabled": row.is_enabled,
        }
        for row in ChallengeType.objects.order_by("position", "pk")
    ]


SCALING_PART = 5  # the specification's factors are about a fifth of the base; nothing reads them, there or here
