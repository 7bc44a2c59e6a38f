"""The section ``GAMIFICATION["EVIDENCE"]`` and the list of what can be trained and evaluated."""

from dataclasses import dataclass

from django.apps import apps

from learners.common.settings import dotted, section

TRAINERS = (
    "evidence.trainers.KNOWLEDGE",
    "evidence.trainers.READINESS",
    "evidence.trainers.DIFFICULTY",
)


@dataclass(frozen=True, kw_only=True)
class EvidenceSettings:
    """Settings of ``evidence``; each is a key in capitals."""

    trainers: tuple = TRAINERS  # type: ignore[type-arg]  # dotted names of evidence.trainers.Trainer

    def __post_init__(self) -> None:
        dotted(self, "trainers")


def evidence_settings() -> EvidenceSettings:
    return section("EVIDENCE", EvidenceSettings)


def installed_trainers() -> tuple[str, ...]:
    """Return the listed trainers without those of our apps that a host has left out."""
    return tuple(
        path
        for path in evidence_settings().trainers
        if path not in TRAINERS or apps.is_installed(path.partition(".")[0])
    )
