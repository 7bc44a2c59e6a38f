"""What learners were given in the last week, as arrays."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import BooleanField, ExpressionWrapper, Q
from numpy.typing import NDArray

from challenges.drafts import Recent
from challenges.models import Challenge, Status
from challenges.models.challenges import OPEN_DAYS
from challenges.rules import Rules
from challenges.selectors.manual import given_to
from learners.common.columns import columns_of

NOVELTY_DAYS = 7


def recent_of(learner_ids: NDArray[np.int64], rules: Rules, *, day: date, exactly: bool) -> Recent:
    """Return the last seven days' topics and types and the day's taken slots of learners in id order; one statement.

    Another one where challenges by hand are for cohorts.

    :param exactly: read by the list of ids; otherwise by their range.
    """
    shape = (len(learner_ids), rules.n_categories, len(rules.types), rules.per_day, len(rules.manual))
    counts = Recent.none(*shape)
    if not len(learner_ids):
        return counts
    within = (
        Q(learner_id__in=learner_ids.tolist())
        if exactly
        else Q(learner_id__gte=int(learner_ids[0]), learner_id__lte=int(learner_ids[-1]))
    )
    counts.given[...] = given_to(learner_ids, rules, day=day, within=within)
    first = day - timedelta(days=NOVELTY_DAYS)
    rows = Challenge.objects.filter(within, local_date__gte=first, local_date__lte=day).annotate(
        today=_flag(Q(local_date=day)),
        yesterday=_flag(Q(local_date=day - timedelta(days=1))),
        open_now=_flag(Q(status=Status.OPEN, local_date__gt=day - timedelta(days=OPEN_DAYS))),
    )
    named = rows.values_list(*_COLUMNS)
    learner, slot, kind, category, wording, today, yesterday, is_open = columns_of(named, tuple(_COLUMNS.values()))
    row = np.minimum(np.searchsorted(learner_ids, learner), len(learner_ids) - 1)
    here = learner_ids[row] == learner
    taken = here & (today > 0) & (slot < rules.per_day)
    counts.taken[row[taken], slot[taken]] = True
    said = here & (yesterday > 0) & (slot < rules.per_day)
    counts.yesterday[row[said], slot[said]] = wording[said]
    past = here & (today == 0)
    kinds = _places(np.array([rule.id for rule in rules.types], dtype=np.int64), kind)
    topics = _places(rules.category_ids, category)
    _count(counts.types, row, kinds, past)
    _count(counts.categories, row, topics, past)
    pair = here & (yesterday > 0) & (kinds >= 0) & (topics >= 0)
    counts.pairs[row[pair], topics[pair], kinds[pair]] = True
    streak = np.isin(kind, [rule.id for rule in rules.types if rule.code == "streak"])
    counts.streak_open[row[past & streak & (is_open > 0)]] = True
    return counts


_COLUMNS = {
    "learner_id": "int8",
    "slot": "int2",
    "type_id": "int8",
    "category_id": "int8",
    "wording_id": "int8",
    "today": "bool",
    "yesterday": "bool",
    "open_now": "bool",
}


def _flag(condition: Q) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, BooleanField())


def _places(ids: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each value stands among ``ids``, −1 if nowhere."""
    if not len(ids):
        return np.full(len(values), -1, dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    found = np.minimum(np.searchsorted(ids[order], values), len(ids) - 1)
    return np.where(ids[order][found] == values, order[found], -1)


def _count(
    counts: NDArray[np.int64], row: NDArray[np.int64], column: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> None:
    kept = wanted & (column >= 0)
    width = counts.shape[1]
    if width:
        cells = np.bincount(row[kept] * width + column[kept], minlength=counts.size)
        counts += cells.reshape(counts.shape)
