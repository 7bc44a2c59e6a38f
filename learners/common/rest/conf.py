"""The section ``GAMIFICATION["REST"]``: limits of the programming interface."""

from dataclasses import dataclass

from learners.common.settings import at_least, section


@dataclass(frozen=True, kw_only=True)
class RestSettings:
    """Limits that every view of ours keeps; each is a key in capitals."""

    read_per_minute: int = 240  # per user or source
    write_per_minute: int = 600
    logins_per_minute: int = 5  # per name and address
    body_limit_bytes: int = 1_000_000
    page_size: int = 25
    page_size_limit: int = 100

    def __post_init__(self) -> None:
        at_least(1, self, "read_per_minute", "write_per_minute", "logins_per_minute", "body_limit_bytes", "page_size")
        at_least(self.page_size, self, "page_size_limit")


def rest_settings() -> RestSettings:
    return section("REST", RestSettings)
