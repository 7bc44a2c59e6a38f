"""The section ``GAMIFICATION["REWARDS"]``."""

from dataclasses import dataclass

from learners.common.settings import at_least, section


@dataclass(frozen=True, kw_only=True)
class RewardSettings:
    """Settings of ``rewards``; each is a key in capitals. Prices and levels are rows."""

    price_cache_seconds: int = 30  # how long a process may pay by prices and levels it has read; 0: read each time

    def __post_init__(self) -> None:
        at_least(0, self, "price_cache_seconds")


def reward_settings() -> RewardSettings:
    return section("REWARDS", RewardSettings)
