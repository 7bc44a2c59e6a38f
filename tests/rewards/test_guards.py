"""The guards "ledger source" and "append-only": what they hold, and what happens without them."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from learners.common import append_only
from learners.models import LearnerProfile
from rewards.api import POINTS, XP, InsufficientBalance, NewEntry, balance_of, grant, grant_many, verify_ledger
from rewards.models import LedgerEntry
from rewards.services import ledger
from tests.factories import NOON, LearnerProfileFactory
from tests.rewards.facts import TODAY

WRITERS = 8
SOURCES = [f"challenge:{number}" for number in range(25)]
WORTH = 50


def pay_all(learner_id: int, order: Sequence[str]) -> int:
    """Pay every source without the learner's lock, one transaction each, as a careless caller would."""
    try:
        return sum(
            len(
                grant_many(
                    entries=[
                        NewEntry(
                            learner_id=learner_id,
                            currency=XP,
                            amount=WORTH,
                            source=source,
                            reason="challenge",
                            local_date=TODAY,
                        )
                    ],
                    now=NOON,
                )
            )
            for source in order
        )
    finally:
        connection.close()


def pay_at_once(learner: LearnerProfile) -> list[int]:
    """Let all writers pay all sources at the same time, each in its own order; return what each of them wrote."""
    orders = [random.Random(writer).sample(SOURCES, len(SOURCES)) for writer in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(lambda order: pay_all(learner.pk, order), orders))


@contextmanager
def without_unique_sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the unique constraint away and let the writer rely on the row's own id."""
    table = LedgerEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT gam_rew_source_uniq")
    try:
        with monkeypatch.context() as patched:
            patched.setattr(ledger, "_ONCE", ("id",))
            yield
    finally:
        with append_only.lifted(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT gam_rew_source_uniq UNIQUE (learner_id, currency, source)"
            )


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
class TestLedgerSourceGuard:
    def test_eight_writers_pay_each_source_once(self) -> None:
        learner = LearnerProfileFactory()

        written = pay_at_once(learner)

        assert sum(written) == LedgerEntry.objects.count() == 25
        assert balance_of(learner_id=learner.pk, currency=XP) == 25 * WORTH
        assert verify_ledger().sound

    def test_without_it_every_writer_is_paid(self, monkeypatch: pytest.MonkeyPatch) -> None:
        learner = LearnerProfileFactory()

        with without_unique_sources(monkeypatch):
            written = pay_at_once(learner)

            assert sum(written) == LedgerEntry.objects.count() == 25 * WRITERS
            assert balance_of(learner_id=learner.pk, currency=XP) == 25 * WORTH * WRITERS


def buy(learner_id: int, number: int) -> bool:
    """Try to spend 20 points on order ``number``."""
    try:
        learner = LearnerProfile.objects.get(pk=learner_id)
        grant(learner=learner, currency=POINTS, amount=-20, source=f"redeem:{number}", now=NOON)
    except InsufficientBalance:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
class TestSpendingAtOnce:
    def test_a_hundred_points_buy_five_things_of_twenty(self) -> None:
        learner = LearnerProfileFactory()
        grant(learner=learner, currency=POINTS, amount=100, source="challenge:1", now=NOON)

        with ThreadPoolExecutor(WRITERS) as pool:
            bought = list(pool.map(lambda number: buy(learner.pk, number), range(24)))

        assert sum(bought) == 5
        assert balance_of(learner_id=learner.pk, currency=POINTS) == 0
        assert verify_ledger().sound


@pytest.mark.services
@pytest.mark.django_db
class TestAppendOnlyGuard:
    FORGERY = "UPDATE gamification_rewards_ledgerentry SET amount = 5000"

    def test_a_forged_amount_is_refused(self) -> None:
        grant(learner=LearnerProfileFactory(), currency=XP, amount=50, source="challenge:7", now=NOON)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.FORGERY)

        assert verify_ledger().sound

    def test_without_it_the_books_no_longer_agree(self) -> None:
        grant(learner=LearnerProfileFactory(), currency=XP, amount=50, source="challenge:7", now=NOON)

        with append_only.lifted(), connection.cursor() as cursor:
            cursor.execute(self.FORGERY)

        (drift,) = verify_ledger().drifts
        assert (drift.balance, drift.ledger) == (50, 5000)
