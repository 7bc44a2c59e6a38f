from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from learners.models import Event, LearnerProfile
from rewards import signals
from rewards.api import (
    POINTS,
    XP,
    AmountOutOfBounds,
    BadSource,
    InsufficientBalance,
    LearnerNotLocked,
    NewEntry,
    XpCannotBeSpent,
    balance_of,
    grant,
    grant_many,
    ledger_work,
    level_of,
)
from rewards.models import LedgerEntry
from rewards.services.setup import setup
from tests.factories import NOON, LearnerProfileFactory
from tests.learners import rooms
from tests.rewards.facts import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> LearnerProfile:
    return LearnerProfileFactory()


def entry(learner: LearnerProfile, amount: int, source: str, currency: str = XP, **changes: Any) -> NewEntry:
    values: dict[str, Any] = {
        "learner_id": learner.pk,
        "currency": currency,
        "amount": amount,
        "source": source,
        "reason": "challenge",
        "local_date": TODAY,
    }
    return NewEntry(**{**values, **changes})


class TestGrant:
    def test_pays_once_per_source(self, learner: LearnerProfile) -> None:
        first = grant(learner=learner, currency=XP, amount=50, source="challenge:7", now=NOON)
        again = grant(learner=learner, currency=XP, amount=99, source="challenge:7", now=NOON)

        assert again == first
        assert [entry.amount for entry in learner.ledger_entries.all()] == [50]
        assert balance_of(learner_id=learner.pk, currency=XP) == 50

    def test_one_source_may_pay_in_both_currencies(self, learner: LearnerProfile) -> None:
        grant(learner=learner, currency=XP, amount=50, source="challenge:7", now=NOON)
        grant(learner=learner, currency=POINTS, amount=5, source="challenge:7", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=XP) == 50
        assert balance_of(learner_id=learner.pk, currency=POINTS) == 5

    def test_is_dated_by_the_learners_own_day(self) -> None:
        auckland = LearnerProfileFactory(zone="Pacific/Auckland")

        written = grant(learner=auckland, currency=XP, amount=1, source="lesson:1", now=NOON)

        assert written.local_date.isoformat() == "2026-11-22"  # noon in UTC is one in the morning there
        assert written.reason == "lesson"

    def test_spends_what_is_there(self, learner: LearnerProfile) -> None:
        grant(learner=learner, currency=POINTS, amount=30, source="challenge:1", now=NOON)

        grant(learner=learner, currency=POINTS, amount=-20, source="redeem:1", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=POINTS) == 10

    @pytest.mark.parametrize("held", [0, 19])
    def test_refuses_to_spend_more_and_writes_nothing(self, learner: LearnerProfile, held: int) -> None:
        if held:
            grant(learner=learner, currency=POINTS, amount=held, source="challenge:1", now=NOON)

        with pytest.raises(InsufficientBalance):
            grant(learner=learner, currency=POINTS, amount=-20, source="redeem:1", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=POINTS) == held
        assert not LedgerEntry.objects.filter(source="redeem:1").exists()

    def test_refuses_to_spend_xp(self, learner: LearnerProfile) -> None:
        grant(learner=learner, currency=XP, amount=50, source="challenge:7", now=NOON)

        with pytest.raises(XpCannotBeSpent):
            grant(learner=learner, currency=XP, amount=-10, source="redeem:1", now=NOON)

    @pytest.mark.parametrize("amount", [0, 1_000_001, -1_000_001])
    def test_refuses_amounts_that_can_only_be_slips(self, learner: LearnerProfile, amount: int) -> None:
        with pytest.raises(AmountOutOfBounds):
            grant(learner=learner, currency=POINTS, amount=amount, source="challenge:7", now=NOON)

    @pytest.mark.parametrize(
        "wrong", [{"source": ""}, {"source": "x" * 121}, {"currency": "gold"}, {"source": ":7"}, {"reason": "x" * 41}]
    )
    def test_refuses_an_entry_without_a_proper_name(self, learner: LearnerProfile, wrong: dict[str, str]) -> None:
        given = {"currency": XP, "source": "challenge:7", **wrong}

        with pytest.raises(BadSource):
            grant(learner=learner, amount=5, now=NOON, **given)  # type: ignore[arg-type]


class TestGrantMany:
    def test_returns_only_what_was_written(self, learner: LearnerProfile) -> None:
        other = LearnerProfileFactory()
        grant_many(entries=[entry(learner, 10, "a")], now=NOON)

        written = grant_many(entries=[entry(learner, 10, "a"), entry(learner, 5, "b"), entry(other, 7, "a")], now=NOON)

        assert [(fact.learner_id, fact.amount, fact.source) for fact in written] == [
            (learner.pk, 5, "b"),
            (other.pk, 7, "a"),
        ]
        assert balance_of(learner_id=learner.pk, currency=XP) == 15
        assert balance_of(learner_id=other.pk, currency=XP) == 7

    def test_takes_the_first_of_a_source_that_stands_twice(self, learner: LearnerProfile) -> None:
        grant_many(entries=[entry(learner, 10, "a"), entry(learner, 99, "a")], now=NOON)

        assert balance_of(learner_id=learner.pk, currency=XP) == 10

    def test_needs_as_many_statements_for_a_hundred_learners_as_for_one(self) -> None:
        setup(now=NOON)
        one, *many = LearnerProfileFactory.create_batch(101)

        with CaptureQueriesContext(
            connection,
        ) as for_one:
            grant_many(entries=[entry(one, 10, "a")], now=NOON)
        with CaptureQueriesContext(connection) as for_many:
            grant_many(entries=[entry(learner, 10, f"{n}") for learner in many for n in range(3)], now=NOON)

        assert len(for_one) == len(for_many) == 4  # prices, levels, entries, balances

    def test_nets_gains_and_falls_of_one_balance(self, learner: LearnerProfile) -> None:
        grant_many(entries=[entry(learner, 40, "a", POINTS)], now=NOON)

        grant_many(entries=[entry(learner, 50, "b", POINTS), entry(learner, -80, "c", POINTS)], now=NOON)

        assert balance_of(learner_id=learner.pk, currency=POINTS) == 10

    def test_a_refused_fall_leaves_the_callers_transaction_usable(self, learner: LearnerProfile) -> None:
        with transaction.atomic():
            with pytest.raises(InsufficientBalance):
                grant_many(entries=[entry(learner, 5, "a", POINTS), entry(learner, -6, "b", POINTS)], now=NOON)
            grant_many(entries=[entry(learner, 3, "c", POINTS)], now=NOON)

        assert balance_of(learner_id=learner.pk, currency=POINTS) == 3
        assert LedgerEntry.objects.get().source == "c"

    def test_a_level_lost_by_a_correction_is_reached_again(self, learner: LearnerProfile) -> None:
        setup(now=NOON)
        grant_many(entries=[entry(learner, 160, "a")], now=NOON)
        grant_many(entries=[entry(learner, -160, "correction:1", reason="correction")], now=NOON)
        assert level_of(learner_id=learner.pk).number == 1

        grant_many(entries=[entry(learner, 170, "b")], now=NOON)

        reached = Event.objects.filter(learner=learner, name="level.reached").order_by("id")
        assert [event.data["total_xp"] for event in reached] == [160, 170]

    def test_appends_an_event_for_each_level_crossed(self, learner: LearnerProfile) -> None:
        setup(now=NOON)

        grant_many(entries=[entry(learner, 140, "a")], now=NOON)
        grant_many(entries=[entry(learner, 240, "b")], now=NOON)

        events = Event.objects.filter(learner=learner, name="level.reached").order_by("id")
        assert [event.data for event in events] == [{"level": 2, "total_xp": 380}, {"level": 3, "total_xp": 380}]
        assert level_of(learner_id=learner.pk).number == 3


class TestLedgerWork:
    def test_refuses_learners_it_has_not_locked(self, learner: LearnerProfile) -> None:
        stranger = LearnerProfileFactory()

        with pytest.raises(LearnerNotLocked), ledger_work(learner_ids=[learner.pk], now=NOON) as work:
            work.grant_many([entry(stranger, 5, "a")])

        assert not LedgerEntry.objects.exists()

    def test_tells_the_rooms_that_follow_the_ledger_once_what_was_written(self, learner: LearnerProfile) -> None:
        rooms.forget()
        follows = {"LEARNERS": {"POINTS_HANDLERS": ["tests.learners.rooms.on_points"]}}

        with override_settings(GAMIFICATION=follows), ledger_work(learner_ids=[learner.pk], now=NOON) as work:
            work.grant_many([entry(learner, 5, "a"), entry(learner, 7, "b")])
            work.grant_many([entry(learner, 5, "a"), entry(learner, 9, "c")])

        assert [fact.source for fact in rooms.heard] == ["a", "b", "c"]

    def test_takes_everything_back_when_the_work_fails(self, learner: LearnerProfile) -> None:
        def fail_after_paying() -> None:
            with ledger_work(learner_ids=[learner.pk], now=NOON) as work:
                work.grant_many([entry(learner, 5, "a")])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_after_paying()

        assert balance_of(learner_id=learner.pk, currency=XP) == 0


class TestSignals:
    def test_are_sent_after_commit_and_only_for_what_was_written(
        self, learner: LearnerProfile, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        setup(now=NOON)
        heard: list[tuple[str, Any]] = []

        def granted(learner_id: int, entries: Any, **_: Any) -> None:
            heard.append(("granted", [fact.amount for fact in entries]))

        def reached(learner_id: int, level: int, total_xp: int, **_: Any) -> None:
            heard.append(("reached", (level, total_xp)))

        signals.points_granted.connect(granted)
        signals.level_reached.connect(reached)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                grant(learner=learner, currency=XP, amount=160, source="a", now=NOON)
                assert heard == []
            with django_capture_on_commit_callbacks(execute=True):
                grant(learner=learner, currency=XP, amount=160, source="a", now=NOON)
        finally:
            signals.points_granted.disconnect(granted)
            signals.level_reached.disconnect(reached)

        assert heard == [("granted", [160]), ("reached", (2, 160))]


class TestDatabaseRules:
    """What the database refuses, whoever asks."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE gamification_rewards_ledgerentry SET amount = 500",
            "DELETE FROM gamification_rewards_ledgerentry",
        ],
    )
    def test_the_ledger_is_append_only(self, learner: LearnerProfile, statement: str) -> None:
        grant(learner=learner, currency=XP, amount=50, source="challenge:7", now=NOON)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert LedgerEntry.objects.get().amount == 50

    @pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": 1_000_001}, {"currency": "gold"}])
    def test_entries_have_bounds(self, learner: LearnerProfile, wrong: dict[str, Any]) -> None:
        values = {"currency": XP, "amount": 5, "source": "a", "reason": "a", "local_date": TODAY}

        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(learner=learner, created_at=datetime.now(UTC), **{**values, **wrong})

    def test_no_balance_falls_below_zero(self, learner: LearnerProfile) -> None:
        grant(learner=learner, currency=POINTS, amount=5, source="a", now=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            learner.balances.update(amount=-1)
