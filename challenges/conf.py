"""The section ``GAMIFICATION["CHALLENGES"]``; what an administrator decides is a row instead."""

from dataclasses import dataclass

from learners.common.settings import section


@dataclass(frozen=True, kw_only=True)
class ChallengeOptions:
    """Settings of ``challenges``; each is a key in capitals."""

    log_file: str = ""  # of generations; empty: only Python's logging


def challenge_options() -> ChallengeOptions:
    return section("CHALLENGES", ChallengeOptions)
