"""The base of what can be wrong with a movement of XP or points; each rule's error stands beside its function."""

from learners.common.errors import GamificationError


class RewardsError(GamificationError):
    """A rule of `rewards` was broken."""
