"""The specification's names for daily challenges: `MLChallengeService` and what stands around it.

Methods that read or write rows are asynchronous; the registries' answers are plain arithmetic on the default rows.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, TypedDict, cast

import numpy as np
from asgiref.sync import sync_to_async

from challenges import choice, difficulty
from challenges.models import Challenge
from challenges.rules import Rules, TypeRule
from challenges.seeds.types import TYPES, TypeSeed
from challenges.selectors.challenges import said
from challenges.selectors.rules import current_settings
from challenges.services.days import ensure_today, today_of
from challenges.services.generation import generate_for_day
from learners.api import Category, resolve_learner, site_date
from learners.common import clock

LEAST_XP = 10


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


class MLChallengeService:
    """Daily challenges for everyone and for one."""

    async def generate_daily_challenges_for_all_users(self, target_date: date | None = None) -> GenerationResults:
        """Make the day's challenges for all learners active lately; a second call makes none."""
        results: GenerationResults = await sync_to_async(_generate)(target_date)
        return results

    async def generate_personalized_challenge(self, user_id: Any) -> ChallengeConfig | None:
        """Return the learner's first challenge of today, made now; None if the day's challenges were there already."""
        return await sync_to_async(_first_of_today)(user_id)

    async def is_ml_enabled(self) -> bool:
        """Say whether the personal choice is switched on."""
        return bool(await sync_to_async(lambda: current_settings().ml_on)())


def _generate(target_date: date | None) -> GenerationResults:
    now = clock.now()
    report = generate_for_day(day=target_date or site_date(now), now=now)
    return cast(GenerationResults, asdict(report))


def _first_of_today(user_id: Any) -> ChallengeConfig | None:
    now = clock.now()
    learner = resolve_learner(user_id, now=now)
    day = today_of(learner, now=now)
    if Challenge.objects.filter(learner=learner, local_date=day).exists():
        return None
    ensure_today(learner=learner, now=now)
    made = Challenge.objects.select_related("type", "category").filter(learner=learner, local_date=day, slot=0).first()
    return config_of(made) if made else None


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


class ChallengeTypeRegistry:
    """The types as shipped, and which of them suit whom (contract of the specification's table)."""

    @staticmethod
    def get_config(challenge_type: str) -> TypeSeed:
        """Return a type's XP, weight and range.

        :raises KeyError: if there is no such type.
        """
        return _BY_CODE[challenge_type]

    @staticmethod
    def get_suitable_types_for_user(skill_level: float, confidence: float, total_questions: int) -> list[str]:
        """Return the types that suit a learner: practice always, the others with skill, confidence and experience."""
        fits = choice.suitable(
            np.array([skill_level]), np.array([confidence]), np.array([total_questions]), _DEFAULT_RULES
        )
        return [rule.code for rule, fit in zip(_DEFAULT_RULES.types, fits[0], strict=True) if fit]

    @classmethod
    def select_optimal_type(cls, user_skill_assessment: dict[str, Any], weak_areas: list[str]) -> str:
        """Return the one type for an assessment (overall_skill_level, confidence_level, total_practice_questions)."""
        skill = float(user_skill_assessment.get("overall_skill_level", 0.5))
        sure = float(user_skill_assessment.get("confidence_level", 0.5))
        fitting = cls.get_suitable_types_for_user(
            skill, sure, int(user_skill_assessment.get("total_practice_questions", 0))
        )
        if weak_areas:
            return "category_focus"
        if skill < BEGINNER_BELOW:
            return "quiz"
        if sure < UNSURE_BELOW and "accuracy_challenge" in fitting:
            return "accuracy_challenge"
        if skill > SKILLED_ABOVE and "perfect_score" in fitting:
            return "perfect_score"
        return "quiz"


BEGINNER_BELOW, SKILLED_ABOVE, UNSURE_BELOW = 0.4, 0.7, 0.5


class DifficultyScaler:
    """The specification's scaling; the rewards of real challenges follow the settings' formula instead."""

    XP_STEPS: ClassVar[tuple[int, int, int]] = (80, 100, 130)  # per cent by band: easy, middling, hard

    @staticmethod
    def scale_requirement(base_requirement: int, difficulty_level: float, challenge_type: str) -> int:
        """Return the requirement for the difficulty, always within the type's range."""
        low, high = _RANGES[challenge_type]
        level = round(difficulty_level * difficulty.THOUSAND)
        return difficulty.scale_requirement(base_requirement, level, low=low, high=high)

    @classmethod
    def scale_xp_reward(cls, base_xp: int, difficulty_level: float, category: str | None = None) -> int:
        """Return XP by band and the category's default weight, at least 10."""
        level = np.array(round(difficulty_level * difficulty.THOUSAND))
        step = cls.XP_STEPS[int(difficulty.band(level))]
        weight = CategoryRegistry.default_weight(category) if category else 100
        return max(base_xp * step * weight // 10_000, LEAST_XP)

    @staticmethod
    def calculate_bonus_xp(base_xp: int, difficulty_level: float, challenge_type: str) -> int:
        """Return the bonus: nothing below the middle, half as much again for a faultless round."""
        above = max(round(difficulty_level * difficulty.THOUSAND) - 500, 0)
        flawless = 15 if challenge_type == "perfect_score" else 10
        return base_xp * above * 6 * flawless // 100_000


class CategoryRegistry:
    """Topics by key, in the active language."""

    @staticmethod
    def default_weight(key: str) -> int:
        """Return the shipped weight in hundredths; 100 for topics that are not shipped."""
        return _WEIGHTS.get(key, 100)

    @staticmethod
    async def get_category_name(key: str) -> str:
        """Return the topic's label; the key itself if there is no such topic."""
        row = await Category.objects.filter(code=key).afirst()
        return str(row) if row else key

    @staticmethod
    async def get_category_description(key: str) -> str:
        """Return the topic's description; empty if there is no such topic."""
        row = await Category.objects.filter(code=key).afirst()
        return str(row.description) if row else ""

    @staticmethod
    async def get_difficulty_weight(key: str) -> float:
        """Return the topic's weight as an administrator set it; 1.0 if there is no such topic."""
        row = await Category.objects.filter(code=key).afirst()
        return float(row.weight) if row else 1.0

    @staticmethod
    async def get_all_categories() -> list[str]:
        """Return the keys of the enabled topics in the editor's order."""
        rows = Category.objects.filter(is_enabled=True).order_by("position", "pk").values_list("code", flat=True)
        return [code async for code in rows]


_WEIGHTS = {
    "traffic_signs": 100,
    "traffic_rules": 80,
    "dangerous_situations": 130,
    "vehicle_technology": 90,
    "road_markings": 70,
    "priority_rules": 110,
    "parking_rules": 60,
    "environment_driving": 50,
}
_BY_CODE = {seed.code: seed for seed in TYPES}
_RANGES = {seed.code: seed.requirement for seed in TYPES} | {"perfect_score": (1, 5)}  # here in rounds, as specified
_DEFAULT_RULES = Rules(
    types=tuple(
        TypeRule(
            id=place,
            code=seed.code,
            base_xp=seed.base_xp,
            ml_weight=seed.ml_weight,
            low=seed.requirement[0],
            high=seed.requirement[1],
            scales=seed.scales,
            needs_category=seed.needs_category,
        )
        for place, seed in enumerate(TYPES)
    ),
    wordings=(),
    category_ids=np.empty(0, dtype=np.int64),
    category_weights=np.empty(0, dtype=np.int64),
    exam_shares=np.empty(0),
)

ml_challenge_service = MLChallengeService()
