"""Kinds of challenges and topics, whom they suit and how they scale, under the specification's names."""

from typing import Any, ClassVar, TypedDict

import numpy as np

from challenges import choice, difficulty
from challenges.rules import Rules, TypeRule
from challenges.seeds.types import TYPES
from challenges.selectors import registries

LEAST_XP = 10
BEGINNER_BELOW, SKILLED_ABOVE, UNSURE_BELOW = 0.4, 0.7, 0.5
SCALING_FACTORS = {
    "quiz": 10,
    "perfect_score": 25,
    "category_focus": 15,
    "streak": 10,
    "speed_challenge": 20,
    "accuracy_challenge": 15,
}  # listed by the specification, which never reads them either


class TypeConfig(TypedDict):
    """What `ChallengeTypeRegistry.get_config` answers."""

    key: str
    name: str
    base_xp: int
    scaling_factor: int
    requirement_range: list[int]
    unit: str
    ml_weight: float
    difficulty_scaling: bool
    category_specific: bool
    enabled: bool


class CategoryConfig(TypedDict):
    """One topic in `CategoryRegistry.get_all_categories`."""

    name: str
    description: str
    difficulty_weight: float


class ChallengeTypeRegistry:
    """The types, and which of them suit whom (contract of the specification's table)."""

    @staticmethod
    def get_config(challenge_type: str) -> TypeConfig:
        """Return a type's XP, weight and range as an administrator set them.

        :raises KeyError: if there is no such type.
        """
        row = registries.type_by_code(challenge_type)
        if row is None:
            raise KeyError(challenge_type)
        return {
            "key": row.code,
            "name": str(row),
            "base_xp": row.base_xp,
            "scaling_factor": SCALING_FACTORS.get(row.code, 0),
            "requirement_range": [row.requirement_min, row.requirement_max],
            "unit": row.unit,
            "ml_weight": row.ml_weight,
            "difficulty_scaling": row.scales,
            "category_specific": row.needs_category,
            "enabled": row.is_enabled,
        }

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
    """Topics by key, in the active language, as an administrator set them."""

    @staticmethod
    def default_weight(key: str) -> int:
        """Return the shipped weight in hundredths; 100 for topics that are not shipped."""
        return _WEIGHTS.get(key, 100)

    @staticmethod
    def get_category_name(key: str) -> str:
        """Return the topic's label; the key itself if there is no such topic."""
        row = registries.category_by_code(key)
        return str(row) if row else key

    @staticmethod
    def get_category_description(key: str) -> str:
        """Return the topic's description; empty if there is no such topic."""
        row = registries.category_by_code(key)
        return str(row.description) if row else ""

    @staticmethod
    def get_difficulty_weight(key: str) -> float:
        """Return the topic's weight; 1.0 if there is no such topic."""
        row = registries.category_by_code(key)
        return float(row.weight) if row else 1.0

    @staticmethod
    def get_all_categories() -> dict[str, CategoryConfig]:
        """Return the enabled topics by key, in the editor's order."""
        return {
            row.code: {
                "name": str(row),
                "description": str(row.description),
                "difficulty_weight": float(row.weight),
            }
            for row in registries.enabled_categories()
        }


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
