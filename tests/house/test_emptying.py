"""Append-only tables can be emptied after a transactional test, and are guarded again afterwards."""

import pytest
from django.db import DatabaseError, transaction

from learners.common import append_only
from rewards.models import LedgerEntry
from tests.factories import NOON, LearnerProfileFactory

pytestmark = pytest.mark.integration


def add_entry() -> LedgerEntry:
    return LedgerEntry.objects.create(
        learner=LearnerProfileFactory(),
        currency="xp",
        amount=50,
        source="challenge:7",
        reason="test",
        local_date=NOON.date(),
        created_at=NOON,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_entries_of_one_test_are_gone_in_the_next_and_still_cannot_be_deleted(turn: str) -> None:
    assert LedgerEntry.objects.count() == 0

    entry = add_entry()

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).delete()
    assert append_only.missing() == []
