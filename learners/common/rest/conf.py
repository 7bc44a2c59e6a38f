"""The section ``GAMIFICATION["REST"]``: limits of the programming interface."""

from dataclasses import dataclass

from learners.common.settings import section


@dataclass(frozen=True, kw_only=True)
class RestSettings:
    """Limits that every view of ours keeps; each is a key in capitals."""

    read_per_minute: int = 240  # per user or source
    write_per_minute: int = 600
    logins_per_minute: int = 5  # per name and address
    body_limit_bytes: int = 1_000_000
    page_size: int = 25
    page_size_limit: int = 100


def rest_settings() -> RestSettings:
    return section("REST", RestSettings)
