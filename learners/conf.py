"""The section ``GAMIFICATION["LEARNERS"]`` and the order in which rooms hear of an activity."""

from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from zoneinfo import ZoneInfo

from django.apps import apps

from learners.common.settings import at_least, dotted, section
from learners.days import local_date

ACTIVITY_HANDLERS = (
    "engagement.handlers.on_activities",
    "rewards.handlers.on_activities",
    "challenges.handlers.on_activities",
    "pathways.handlers.on_activities",
    "achievements.handlers.on_activities",
    "social.handlers.on_activities",
)
READERS = {
    "REST": "learners.common.rest.conf.rest_settings",
    "LEARNERS": "learners.conf.learner_settings",
    "EVIDENCE": "evidence.conf.evidence_settings",
    "REWARDS": "rewards.conf.reward_settings",
    "CHALLENGES": "challenges.conf.challenge_options",
    "ORCHESTRATION": "orchestration.conf.orchestration_settings",
}  # of every section that has keys, by dotted name: what reads it may be an app that is left out
AGE_BANDS = ("unknown", "minor", "adult")  # those of models.people.AgeBand
POINTS_HANDLERS = ("achievements.handlers.on_points", "social.handlers.on_points")


@dataclass(frozen=True, kw_only=True)
class LearnerSettings:
    """Settings of ``learners``; each is a key in capitals."""

    default_zone: str = "Europe/Oslo"
    age_band_default: str = "unknown"  # of AGE_BANDS; unknown: minors' protection
    batch_limit: int = 500  # activities in one request
    activity_handlers: tuple = ACTIVITY_HANDLERS  # type: ignore[type-arg]
    points_handlers: tuple = POINTS_HANDLERS  # type: ignore[type-arg]
    consumers: dict = field(default_factory=dict)  # type: ignore[type-arg]  # name: dotted callable(event)

    def __post_init__(self) -> None:
        at_least(1, self, "batch_limit")
        dotted(self, "activity_handlers", "points_handlers")
        if self.age_band_default not in AGE_BANDS:
            raise ValueError(f"AGE_BAND_DEFAULT must be {' or '.join(AGE_BANDS)}, not {self.age_band_default!r}.")
        for name, consumer in self.consumers.items():
            if not isinstance(name, str) or not isinstance(consumer, str) or "." not in consumer:
                raise ValueError(f"CONSUMERS must hold a dotted callable by name, not {name!r}: {consumer!r}.")
        try:
            ZoneInfo(self.default_zone)
        except (KeyError, ValueError, OSError):  # unknown, not a name, a folder of zones
            raise ValueError(
                f"DEFAULT_ZONE must be an IANA time zone such as 'Europe/Oslo', not {self.default_zone!r}."
            ) from None


def learner_settings() -> LearnerSettings:
    return section("LEARNERS", LearnerSettings)


def is_there(handler: str) -> bool:
    """Say whether a listed handler exists: rooms of ours may be left out, or may have no such door yet."""
    if handler not in (*ACTIVITY_HANDLERS, *POINTS_HANDLERS):
        return True  # the host's own: let a wrong name fail loudly
    app, module, name = handler.split(".")
    if not apps.is_installed(app) or find_spec(f"{app}.{module}") is None:
        return False
    return hasattr(import_module(f"{app}.{module}"), name)


def site_date(now: datetime) -> date:
    """Return the site's own calendar day, for what belongs to no single learner."""
    return local_date(learner_settings().default_zone, now)
