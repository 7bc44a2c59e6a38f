"""Challenges that administrators wrote: in front of what is chosen, and where nothing can be chosen; pure."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from challenges import completion, difficulty, fallback
from challenges.drafts import Drafts, Recent
from challenges.reasons import Reason
from challenges.rules import ManualRule, Rules

if TYPE_CHECKING:
    from learners.api import SkillMatrix

Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

NONE = -1
_SHARE_RIGHT = {"accuracy_challenge": completion.LEAST_SHARE_RIGHT, "speed_challenge": completion.SPEED_SHARE_RIGHT}


def streaks_given(recent: Recent, rules: Rules) -> Mask:
    """Say who gets a streak challenge by hand: none is chosen beside it."""
    days = np.array([rules.types[manual.kind].code == "streak" and not manual.is_reserve for manual in rules.manual])
    return np.asarray((recent.given & days).any(axis=1)) if len(days) else np.zeros(len(recent.given), dtype=bool)


def place(drafts: Drafts, skills: "SkillMatrix", recent: Recent, rules: Rules) -> None:
    """Put each learner's challenges first and move what was chosen behind them; reserves fill what stayed empty."""
    if not rules.manual:
        return
    wanted = recent.given & ~(recent.streak_open[:, None] & _of_days(rules))
    reserve = np.array([manual.is_reserve for manual in rules.manual])
    first = _in_order(wanted & ~reserve, drafts.slots)
    own = (first != NONE).sum(axis=1)
    _make_room(drafts, own)
    filled = np.maximum(own, (drafts.source > 0).sum(axis=1))
    last = _in_order(wanted & reserve, drafts.slots)
    for turn in range(drafts.slots):
        _write(drafts, np.flatnonzero(first[:, turn] != NONE), first[:, turn], np.full(len(own), turn), skills, rules)
        free = (last[:, turn] != NONE) & (filled + turn < drafts.slots)
        _write(drafts, np.flatnonzero(free), last[:, turn], filled + turn, skills, rules)


def reword(drafts: Drafts, recent: Recent, rules: Rules) -> None:
    """Let challenges by hand say what their administrator wrote."""
    if not rules.manual:
        return
    texts = np.array([manual.wording for manual in rules.manual])
    mine = (drafts.source == Drafts.MANUAL) & (texts[drafts.manual] != NONE)
    drafts.wording[mine] = texts[drafts.manual][mine]


def _of_days(rules: Rules) -> Mask:
    return np.array([rules.types[manual.kind].code == "streak" for manual in rules.manual])


def _in_order(wanted: Mask, slots: int) -> Indices:
    """Return each learner's first challenges by hand, shape ``(n, slots)``; −1 behind the last."""
    chosen = np.full((len(wanted), slots), NONE, dtype=np.intp)
    turn = wanted.cumsum(axis=1) - 1
    row, place = np.nonzero(wanted & (turn < slots))
    chosen[row, turn[row, place]] = place
    return chosen


def _make_room(drafts: Drafts, own: Indices) -> None:
    """Move what was chosen ``own`` slots on; what no longer fits is dropped."""
    rows = np.flatnonzero(own)
    if not len(rows):
        return
    come_from = np.maximum(np.arange(drafts.slots) - own[rows, None], 0)
    for name in drafts.names():
        column = getattr(drafts, name)
        column[rows] = np.take_along_axis(column[rows], come_from, axis=1)


def _write(drafts: Drafts, rows: Indices, manual: Indices, slot: Indices, skills: "SkillMatrix", rules: Rules) -> None:
    """Write at each of ``rows`` its challenge ``manual`` into its ``slot``; both have the shape ``(n,)``."""
    if not len(rows):
        return
    given, at = manual[rows], (rows, slot[rows])
    values = {name: np.array([getattr(rule, name) for rule in rules.manual])[given] for name in _COPIED}
    kind, category = values["kind"], values["category"]
    asked, right = values["requirement"], np.array([_right(rule, rules) for rule in rules.manual])[given]
    for name, column in values.items():
        getattr(drafts, name)[at] = column
    drafts.manual[at] = given
    drafts.target_correct[at] = right
    drafts.difficulty[at] = difficulty.SAME_FOR_ALL
    drafts.source[at] = drafts.MANUAL
    drafts.randomized[at] = False
    drafts.propensity[at] = 1.0
    drafts.predicted[at] = fallback.predicted(asked, right, kind, category, skills.part(rows), rules)
    drafts.reasons[at] = int(Reason.BY_HAND)
    drafts.skill_version[at] = skills.version[rows]


_COPIED = ("kind", "category", "requirement", "xp", "bonus")


def _right(manual: ManualRule, rules: Rules) -> int:
    """Return the right answers needed: those written, else the type's share; 0 where answers only count."""
    share = _SHARE_RIGHT.get(rules.types[manual.kind].code)
    if share is None:
        return 0
    return min(manual.right, manual.requirement) or int(np.ceil(manual.requirement * share - 1e-9))
