"""A report as lines for people; pure."""

import math
from collections.abc import Mapping
from typing import Any

SCORES = ("auc", "accuracy", "log_loss", "ece")


def knowledge(report: Mapping[str, Any]) -> str:
    """Return the model's scores, what it has to beat, and the specification's claims."""
    return "\n".join(
        [
            *_head(report),
            *_table(report),
            "",
            *_gains(report),
            *_foot(report),
            f"{report['features_us_per_row']:.1f} µs per answer for the features",
        ]
    )


def readiness(report: Mapping[str, Any]) -> str:
    """Return how well scores and passing are forecast, and the specification's claims."""
    errors = {"this model": report["score_mae"], **report["score_mae_baselines"]}
    return "\n".join(
        [
            *_head(report),
            f"{report['checkpoints']} exams of {report['questions']} questions by {report['checkpoint_learners']} "
            f"learners; passed at {report['pass_at']}",
            "",
            *(f"mean error of the score, {name:12} {error:.4f}" for name, error in errors.items()),
            "",
            *_table(report),
            f"Brier skill over the training share: {report['brier_skill']:.3f}",
            "",
            *_gains(report),
            *_foot(report),
        ]
    )


def difficulty(report: Mapping[str, Any]) -> str:
    """Return how appropriate the choices of each policy were, and the specification's claims."""
    policies = {"this model": report["choices"], **report["baselines"]}
    return "\n".join(
        [
            *_head(report),
            f"{report['points']} points of choice, {report['points_kept']:.1%} with a question within reach; "
            f"{report['choices']['learners']} learners with choices enough",
            "",
            f"{'':16}      ADAR   success  off by   in band  success of the weakest, middle, ablest third",
            *(
                f"{name:16}{choices['rate']:10.3f}{choices['success']:10.3f}{choices['distance']:8.3f}"
                f"{choices['in_band']:10.3f}  " + ", ".join(_cell(share) for share in choices["success_by_ability"])
                for name, choices in policies.items()
            ),
            "",
            f"ADAR {report['adar']:.3f} (95 % {report['adar_low']:.3f} to {report['adar_high']:.3f}), "
            f"{report['lead_over_staircase']:+.3f} over the staircase; "
            f"ECE of the chosen {report['ece']:.4f}",
            *_foot(report),
        ]
    )


def _head(report: Mapping[str, Any]) -> list[str]:
    return [
        f"{report['task']}: fitted on {report['train']} ({report['train_n']:,} answers of {report['train_learners']:,} "
        f"learners), scored on {report['test']} ({report['n']:,} of {report['learners']:,})",
        f"model: {report['model']}",
        "",
    ]


def _table(report: Mapping[str, Any]) -> list[str]:
    return [
        f"{'':16}" + "".join(f"{name:>10}" for name in SCORES),
        _scores("this model", report),
        *(_scores(name, scores) for name, scores in report["baselines"].items()),
    ]


def _gains(report: Mapping[str, Any]) -> list[str]:
    return [
        f"AUC {name.replace('_', ' ')}: {gain['difference']:+.4f} (95 % {gain['low']:+.4f} to {gain['high']:+.4f})"
        for name, gain in report["paired"].items()
    ]


def _foot(report: Mapping[str, Any]) -> list[str]:
    lines = ["", *(_claim(name, claim) for name, claim in report["claims"].items()), f"{report['seconds']:.1f} s"]
    if report["learners_in_both"]:
        lines.append(f"Warning: {report['learners_in_both']} learners are in both files, so the scores flatter.")
    if report["bad_lines"]:
        lines.append(f"Warning: {report['bad_lines']} lines could not be used and were left out.")
    return lines


def without_nan(value: Any) -> Any:
    """Return ``value`` with null for each number that is none: JSON knows no NaN."""
    if isinstance(value, dict):
        return {key: without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without_nan(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _scores(name: str, scores: Mapping[str, float]) -> str:
    return f"{name:16}" + "".join(f"{_cell(scores[score]):>10}" for score in SCORES)


def _cell(score: float | None) -> str:
    return "–" if score is None else f"{score:.4f}"


def _claim(name: str, claim: Mapping[str, Any]) -> str:
    measured = "" if claim["measured"] is None else f" ({claim['measured']:.3f})"
    return f"specification, {name} {claim['claimed']:.0%}: {claim['verdict']}{measured}"
