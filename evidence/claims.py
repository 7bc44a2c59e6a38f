"""The three shares that the specification promises, and what a measurement says of them; pure."""

from collections.abc import Mapping
from typing import Any

CLAIMED = {
    "preference_prediction_accuracy": 0.85,
    "engagement_prediction_accuracy": 0.80,
    "appropriate_difficulty_adjustment_rate": 0.90,
}


def verdicts(measured: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """Return each claim with what was measured: met, not met, or not measured here."""
    return {
        name: {"claimed": claimed, "measured": measured.get(name), "verdict": _verdict(claimed, measured.get(name))}
        for name, claimed in CLAIMED.items()
    }


def _verdict(claimed: float, measured: float | None) -> str:
    if measured is None:
        return "not measured here"
    return "met" if measured >= claimed else "not met"
