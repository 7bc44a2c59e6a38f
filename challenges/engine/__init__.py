"""The specification's names for daily challenges. They are synchronous, as its own are, and speak JSON."""

from challenges.engine.challenge_templates import ChallengeTemplateEngine
from challenges.engine.challenge_types import CategoryRegistry, ChallengeTypeRegistry, DifficultyScaler
from challenges.engine.ml_challenge_service import ChallengeConfig, MLChallengeService, ml_challenge_service
from challenges.engine.ml_service import MLService, ml_service

__all__ = [
    "CategoryRegistry",
    "ChallengeConfig",
    "ChallengeTemplateEngine",
    "ChallengeTypeRegistry",
    "DifficultyScaler",
    "MLChallengeService",
    "MLService",
    "ml_challenge_service",
    "ml_service",
]
