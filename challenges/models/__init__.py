"""What kinds of challenges there are, who got which, and how the day's generation went."""

from challenges.models.challenges import Challenge, Origin, Status
from challenges.models.manual import ManualChallenge
from challenges.models.ratings import ChallengeRating, Verdict
from challenges.models.rules import ChallengeSettings, ChallengeType, Unit, XPVersion
from challenges.models.runs import GenerationChunk, GenerationRun, RunState

__all__ = [
    "Challenge",
    "ChallengeRating",
    "ChallengeSettings",
    "ChallengeType",
    "GenerationChunk",
    "GenerationRun",
    "ManualChallenge",
    "Origin",
    "RunState",
    "Status",
    "Unit",
    "Verdict",
    "XPVersion",
]
