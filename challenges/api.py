"""The face of `challenges` to what stands above it."""

from challenges.models import Challenge, ChallengeType, Origin, Status
from challenges.selectors.challenges import Shown, challenges_of, shown
from challenges.services.abandoning import NotOpen, abandon
from challenges.services.days import ensure_today, today_of
from challenges.services.generation import GenerationReport, generate_for_day

__all__ = [
    "Challenge",
    "ChallengeType",
    "GenerationReport",
    "NotOpen",
    "Origin",
    "Shown",
    "Status",
    "abandon",
    "challenges_of",
    "ensure_today",
    "generate_for_day",
    "shown",
    "today_of",
]
