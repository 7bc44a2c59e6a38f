"""`MLChallengeService`: daily challenges for everyone and for one, and how they went."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, TypedDict, cast

from challenges.engine.ml_service import MLService
from challenges.models import Challenge, Origin
from challenges.selectors.challenges import first_of, has_day, said
from challenges.selectors.registries import Rate, completion_by_origin
from challenges.services.days import make_days, today_of
from challenges.services.generation import generate_for_day
from learners.api import find_learner, site_date
from learners.common import clock


@dataclass(frozen=True)
class ChallengeConfig:
    """One challenge as the specification describes it."""

    title: str
    description: str
    challenge_type: str
    requirement_value: int
    xp_reward: int
    bonus_reward: int
    category: str | None = None
    difficulty_level: float = 0.5


class GenerationResults(TypedDict):
    """What `generate_daily_challenges_for_all_users` answers."""

    generated: int
    ml_generated: int
    fallback_generated: int
    errors: int
    target_date: str
    learners: int
    kept: int
    seconds: float
    statements: int


class PerformanceStats(TypedDict):
    """What `get_challenge_performance_stats` answers; a rate of nothing is null, with the reason."""

    period_days: int
    total_challenges: int
    ml_challenges: int
    fallback_challenges: int
    manual_challenges: int
    ml_completion_rate: float | None
    ml_completion_rate_reason: str | None
    fallback_completion_rate: float | None
    fallback_completion_rate_reason: str | None
    ml_enabled: bool


class MLChallengeService:
    """Daily challenges for everyone and for one."""

    def __init__(self) -> None:
        self.ml_service = MLService()

    def generate_daily_challenges_for_all_users(self, target_date: date | None = None) -> GenerationResults:
        """Make the day's challenges for all learners active lately; a second call makes none."""
        now = clock.now()
        report = generate_for_day(day=target_date or site_date(now), now=now)
        return cast(GenerationResults, asdict(report))

    def generate_personalized_challenge(self, user_id: Any, target_date: date | None = None) -> ChallengeConfig | None:
        """Return the learner's first challenge of the day, made now.

        None if the day's challenges were there already, or nobody is known by ``user_id``.
        """
        now = clock.now()
        learner = find_learner(user_id, now=now)
        if learner is None:
            return None
        day = target_date or today_of(learner, now=now)
        if has_day(learner, day=day):
            return None
        make_days(learners_by_day={day: [learner.pk]}, now=now, by_hand=True)
        made = first_of(learner, day=day)
        return config_of(made) if made else None

    def get_challenge_performance_stats(self, days: int = 30) -> PerformanceStats:
        """Return how many challenges of the last ``days`` days were given and completed, by what chose them."""
        today = site_date(clock.now())
        by_origin = completion_by_origin(first=today - timedelta(days=days - 1), last=today)
        ml = by_origin.get(Origin.ML, Rate())
        rules = [by_origin.get(origin, Rate()) for origin in (Origin.FALLBACK, Origin.ONBOARDING)]
        fallback = Rate(given=sum(rate.given for rate in rules), completed=sum(rate.completed for rate in rules))
        return {
            "period_days": days,
            "total_challenges": sum(rate.given for rate in by_origin.values()),
            "ml_challenges": ml.given,
            "fallback_challenges": fallback.given,
            "manual_challenges": by_origin.get(Origin.MANUAL, Rate()).given,
            "ml_completion_rate": ml.share,
            "ml_completion_rate_reason": _reason(ml),
            "fallback_completion_rate": fallback.share,
            "fallback_completion_rate_reason": _reason(fallback),
            "ml_enabled": self.ml_service.is_ml_enabled(),
        }

    def is_ml_enabled(self) -> bool:
        """Say whether the personal choice is switched on."""
        return self.ml_service.is_ml_enabled()


def config_of(challenge: Challenge) -> ChallengeConfig:
    """Return a challenge in the specification's form, worded in the active language."""
    words = said([challenge])[challenge.pk]
    return ChallengeConfig(
        title=words.title,
        description=words.text,
        challenge_type=challenge.type.code,
        requirement_value=challenge.requirement,
        xp_reward=challenge.xp,
        bonus_reward=challenge.bonus,
        category=challenge.category.code if challenge.category else None,
        difficulty_level=challenge.difficulty,
    )


def _reason(rate: Rate) -> str | None:
    return None if rate.given else "no_challenges"


ml_challenge_service = MLChallengeService()
