"""A report as lines for people; pure."""

import math
from collections.abc import Mapping
from typing import Any

SCORES = ("auc", "accuracy", "log_loss", "ece")


def table(report: Mapping[str, Any]) -> str:
    """Return a report of `evaluation`: the model, what it has to beat, and the specification's claims."""
    lines = [
        f"{report['task']}: fitted on {report['train']} ({report['train_n']:,} answers of {report['train_learners']:,} "
        f"learners), scored on {report['test']} ({report['n']:,} of {report['learners']:,})",
        f"model: {report['model']}",
        "",
        f"{'':16}" + "".join(f"{name:>10}" for name in SCORES),
        _scores("this model", report),
        *(_scores(name, scores) for name, scores in report["baselines"].items()),
        "",
        *(
            f"AUC {name.replace('_', ' ')}: {gain['difference']:+.4f} (95 % {gain['low']:+.4f} to {gain['high']:+.4f})"
            for name, gain in report["paired"].items()
        ),
        "",
        *(_claim(name, claim) for name, claim in report["claims"].items()),
        f"{report['seconds']:.1f} s; {report['features_us_per_row']:.1f} µs per answer for the features",
    ]
    if report["learners_in_both"]:
        lines.append(f"Warning: {report['learners_in_both']} learners are in both files, so the scores flatter.")
    if report["bad_lines"]:
        lines.append(f"Warning: {report['bad_lines']} lines could not be used and were left out.")
    return "\n".join(lines)


def without_nan(value: Any) -> Any:
    """Return ``value`` with null for each number that is none: JSON knows no NaN."""
    if isinstance(value, dict):
        return {key: without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_nan(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _scores(name: str, scores: Mapping[str, float]) -> str:
    return f"{name:16}" + "".join(f"{scores[score]:10.4f}" for score in SCORES)


def _claim(name: str, claim: Mapping[str, Any]) -> str:
    measured = "" if claim["measured"] is None else f" ({claim['measured']:.3f})"
    return f"specification, {name} {claim['claimed']:.0%}: {claim['verdict']}{measured}"
