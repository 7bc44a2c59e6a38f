"""The room's settings: ``GAMIFICATION["ORCHESTRATION"]``."""

from dataclasses import dataclass

from learners.common.settings import at_least, section


@dataclass(frozen=True, kw_only=True)
class OrchestrationSettings:
    """What an installation decides about sessions that combine the other rooms."""

    cache_enabled: bool = True
    cache_ttl: int = 300  # seconds
    max_concurrent_sessions: int = 1000
    adaptation_frequency: int = 30  # seconds between two adaptations of one session
    social_features: bool = True
    advanced_analytics: bool = True

    def __post_init__(self) -> None:
        at_least(0, self, "cache_ttl")
        at_least(1, self, "max_concurrent_sessions", "adaptation_frequency")


def orchestration_settings() -> OrchestrationSettings:
    """Return the settings in force."""
    return section("ORCHESTRATION", OrchestrationSettings)
