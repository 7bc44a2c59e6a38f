"""The base of what can be wrong with a challenge; each rule's error stands beside its function."""

from learners.common.errors import GamificationError


class ChallengesError(GamificationError):
    """A rule of `challenges` was broken."""
