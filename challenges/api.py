"""The face of `challenges` to what stands above it."""

from challenges.models import Challenge, ChallengeType, Origin, Status, Verdict
from challenges.selectors.challenges import Shown, Why, challenges_of, history_of, shown, why
from challenges.services.abandoning import NotOpen, abandon
from challenges.services.days import ensure_today, today_of
from challenges.services.generation import GenerationReport, generate_for_day
from challenges.services.rating import rate
from challenges.services.reopening import AnotherDayReopened, Expired, NotMissed, reopen

__all__ = [
    "AnotherDayReopened",
    "Challenge",
    "ChallengeType",
    "Expired",
    "GenerationReport",
    "NotMissed",
    "NotOpen",
    "Origin",
    "Shown",
    "Status",
    "Verdict",
    "Why",
    "abandon",
    "challenges_of",
    "ensure_today",
    "generate_for_day",
    "history_of",
    "rate",
    "reopen",
    "shown",
    "today_of",
    "why",
]
