"""Challenges that administrators wrote, and for whom they are."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from challenges.models import ManualChallenge
from challenges.rules import ManualRule, Rules
from learners.api import Membership
from learners.common.columns import columns_of

LEARNER_ROLE = "learner"  # teachers and coaches of a cohort are not given its challenges


def manual_rules(type_ids: Sequence[int], category_ids: Sequence[int]) -> tuple[ManualRule, ...]:
    """Return the enabled ones whose topic is on: for one learner first, then for a cohort, then for everyone."""
    rows = ManualChallenge.objects.filter(is_enabled=True).order_by("first_date", "pk")
    found = [
        _rule(row, type_ids, category_ids)
        for row in rows
        if row.type_id in type_ids and (row.category_id is None or row.category_id in category_ids)
    ]
    return tuple(sorted(found, key=lambda rule: (rule.learner_id is None, rule.cohort_id is None)))


def _rule(row: ManualChallenge, type_ids: Sequence[int], category_ids: Sequence[int]) -> ManualRule:
    return ManualRule(
        id=row.pk,
        kind=type_ids.index(row.type_id),
        category=-1 if row.category_id is None else category_ids.index(row.category_id),
        requirement=row.requirement,
        right=row.target_correct or 0,
        xp=row.xp,
        bonus=row.bonus,
        wording=-1 if row.wording_id is None else row.wording_id,
        first_date=row.first_date,
        last_date=row.last_date,
        is_reserve=row.is_reserve,
        cohort_id=row.cohort_id,
        learner_id=row.learner_id,
    )


def given_to(learner_ids: NDArray[np.int64], rules: Rules, *, day: date, within: Q) -> NDArray[np.bool_]:
    """Return which challenges by hand are for whom on ``day``, shape ``(n_learners, n_manual)``.

    A statement only where one of them is for a cohort.

    :param within: the learners, by ``learner_id``.
    """
    given = np.zeros((len(learner_ids), len(rules.manual)), dtype=bool)
    today = [place for place, rule in enumerate(rules.manual) if rule.first_date <= day <= rule.last_date]
    cohorts = {cohort for place in today if (cohort := rules.manual[place].cohort_id) is not None}
    members = _members(cohorts, within) if cohorts else {}
    for place in today:
        rule = rules.manual[place]
        if rule.learner_id is not None:
            given[:, place] = learner_ids == rule.learner_id
        elif rule.cohort_id is not None:
            given[:, place] = np.isin(learner_ids, members[rule.cohort_id])
        else:
            given[:, place] = True
    return given


def _members(cohorts: set[int], within: Q) -> dict[int, NDArray[np.int64]]:
    rows = Membership.objects.filter(within, cohort_id__in=cohorts, role=LEARNER_ROLE).order_by()
    cohort, learner = columns_of(rows.values_list("cohort_id", "learner_id"), ("int8", "int8"))
    return {each: learner[cohort == each] for each in cohorts}
