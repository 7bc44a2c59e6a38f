"""What is known of learners, under the specification's names: weak topics, assessment, and whether any of it is on."""

from typing import Any, TypedDict

from challenges.selectors import registries
from challenges.selectors.rules import current_settings
from learners.api import ONLINE_ESTIMATE, find_learner, get_skill_assessment, get_weak_areas
from learners.common import clock

PREFIX = "ml_"
NOBODY: dict[str, Any] = {
    "overall_skill_level": 0.5,
    "confidence_level": 0.0,
    "learning_progress": None,
    "learning_progress_reason": "unknown_learner",
    "total_practice_questions": 0,
    "category_breakdown": {},
    "skill_description": "Developing",
}


class MLStatus(TypedDict):
    """What `MLService.get_ml_status` answers."""

    ml_enabled: bool
    skill_profiles: int
    question_profiles: int
    algorithm_version: str
    features_available: list[str]


class MLService:
    """Nothing needs to be initialized: estimates are kept with each answer."""

    def is_ml_enabled(self) -> bool:
        """Say whether the personal choice is switched on."""
        return current_settings().ml_on

    def is_feature_enabled(self, feature_name: str) -> bool:
        """Say whether a feature is on, named with or without ``ml_``; an unknown one is not."""
        return _features(ml_on=current_settings().ml_on).get(feature_name.removeprefix(PREFIX), False)

    def get_weak_areas(self, user_id: Any) -> list[str]:
        """Return the learner's weak topics, the weakest first; none of somebody unknown."""
        now = clock.now()
        learner = find_learner(user_id, now=now)
        return get_weak_areas(learner, now=now) if learner else []

    def get_skill_assessment(self, user_id: Any) -> dict[str, Any]:
        """Return level, confidence, progress (0–1), answers and topics; of somebody unknown, a newcomer's."""
        now = clock.now()
        learner = find_learner(user_id, now=now)
        return get_skill_assessment(learner, now=now) if learner else dict(NOBODY)

    def get_ml_status(self) -> MLStatus:
        """Return what is on and how much is estimated."""
        ml_on = current_settings().ml_on
        skills, questions = registries.profile_counts()
        return {
            "ml_enabled": ml_on,
            "skill_profiles": skills,
            "question_profiles": questions,
            "algorithm_version": ONLINE_ESTIMATE,
            "features_available": [name for name, is_on in _features(ml_on=ml_on).items() if is_on],
        }


def _features(*, ml_on: bool) -> dict[str, bool]:
    """Return the specification's features: recording and estimating cannot be switched off, choosing by them can."""
    return {
        "system_enabled": ml_on,
        "adaptive_learning": ml_on,
        "difficulty_prediction": ml_on,
        "skill_tracking": True,
        "data_collection": True,
    }


ml_service = MLService()
