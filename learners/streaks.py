"""Days in a row, with two free freezes a calendar month; a pure function of the days on which something was done.

A missed day is bridged by a freeze of the month it lies in. Frozen days keep the row but do not lengthen it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FREEZES_PER_MONTH = 2


@dataclass(frozen=True, slots=True)
class StreakState:
    """A row of days as it stands after its newest day."""

    days: int = 0
    best: int = 0
    last: date | None = None
    freeze_month: date | None = None  # first of the month in which freezes were last used
    freezes_used: int = 0


@dataclass(frozen=True, slots=True)
class Streak:
    """A row of days as a learner sees it today."""

    days: int
    best: int
    freezes_left: int  # for the rest of this month
    active_today: bool


def advance(state: StreakState, day: date) -> StreakState:
    """Return the state after something was done on ``day``.

    :raises ValueError: if ``day`` lies before the newest day; fold `of` over all days instead.
    """
    if state.last is None:
        return StreakState(1, max(1, state.best), day, state.freeze_month, state.freezes_used)
    if day < state.last:
        raise ValueError(f"{day} lies before {state.last}")
    if day == state.last:
        return state
    month, used, bridged = _bridge(state, day)
    days = state.days + 1 if bridged else 1
    return StreakState(days, max(days, state.best), day, month, used)


def of(days: Iterable[date]) -> StreakState:
    """Return the state after all ``days``, in any order and with repeats."""
    state = StreakState()
    for day in sorted(set(days)):
        state = advance(state, day)
    return state


def today(state: StreakState, day: date) -> Streak:
    """Return what a learner sees on ``day``: a row that today can still continue is not lost yet."""
    month, used, bridged = _bridge(state, day)
    active = state.last is not None and state.last >= day
    alive = active or (state.last is not None and bridged)
    used_this_month = used if month == day.replace(day=1) else 0
    return Streak(
        days=state.days if alive else 0,
        best=state.best,
        freezes_left=FREEZES_PER_MONTH - used_this_month,
        active_today=active,
    )


def _bridge(state: StreakState, day: date) -> tuple[date | None, int, bool]:
    """Spend freezes on the days missed before ``day``: (month, used in it, whether they sufficed)."""
    month, used = state.freeze_month, state.freezes_used
    if state.last is None:
        return month, used, False
    missed = (day - state.last).days - 1
    if missed > 2 * FREEZES_PER_MONTH:  # the most that the end of one month and the start of the next can hold
        return month, used, False
    for offset in range(1, missed + 1):
        its_month = (state.last + timedelta(days=offset)).replace(day=1)
        month, used = (month, used + 1) if its_month == month else (its_month, 1)
        if used > FREEZES_PER_MONTH:
            return state.freeze_month, state.freezes_used, False
    return month, used, True
