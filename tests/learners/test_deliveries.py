from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import Settings

from learners.facts import NewEvent
from learners.models import Delivery, Event, LearnerProfile, Source
from learners.services.deliveries import DeliveryReport, claim, deliver_due, wait_after
from learners.services.events import append_events

NOON = datetime(2025, 11, 21, 12, tzinfo=UTC)

heard: list[str] = []


def listen(event: Event) -> None:
    heard.append(event.name)


def fail(event: Event) -> None:
    Source.objects.create(code="half-done", name="Half done")
    raise ConnectionError("the other end\nis away")


@pytest.fixture(autouse=True)
def _silence() -> None:
    heard.clear()


@pytest.fixture
def learner(db: None, settings: Settings) -> LearnerProfile:
    settings.GAMIFICATION = {"LEARNERS": {"CONSUMERS": {"analytics": f"{__name__}.listen"}}}
    return LearnerProfile.objects.create(created_at=NOON)


def happen(learner: LearnerProfile, *names: str) -> None:
    append_events([NewEvent(name=name, learner_id=learner.pk) for name in names], now=NOON)


class TestDeliverDue:
    def test_hands_over_each_event_once_in_order(self, learner: LearnerProfile) -> None:
        happen(learner, "day.began", "challenge.completed")

        first = deliver_due(now=NOON)
        again = deliver_due(now=NOON + timedelta(days=1))

        assert heard == ["day.began", "challenge.completed"]
        assert (first, again) == (DeliveryReport(delivered=2, failed=0), DeliveryReport(delivered=0, failed=0))

    def test_hands_over_more_than_one_page(self, learner: LearnerProfile) -> None:
        happen(learner, *["day.began"] * 120)

        assert deliver_due(now=NOON).delivered == 120

    def test_tries_again_later_what_failed(self, learner: LearnerProfile, settings: Settings) -> None:
        settings.GAMIFICATION = {"LEARNERS": {"CONSUMERS": {"analytics": f"{__name__}.fail"}}}
        happen(learner, "day.began")

        report = deliver_due(now=NOON)

        waiting = Delivery.objects.get()
        assert report == DeliveryReport(delivered=0, failed=1)
        assert (waiting.attempts, waiting.not_before) == (1, NOON + timedelta(seconds=30))
        assert waiting.error == "ConnectionError: the other end"
        assert not Source.objects.filter(code="half-done").exists()

    def test_arrives_when_the_consumer_is_back(self, learner: LearnerProfile, settings: Settings) -> None:
        settings.GAMIFICATION = {"LEARNERS": {"CONSUMERS": {"analytics": f"{__name__}.fail"}}}
        happen(learner, "day.began")
        deliver_due(now=NOON)
        settings.GAMIFICATION = {"LEARNERS": {"CONSUMERS": {"analytics": f"{__name__}.listen"}}}

        too_early = deliver_due(now=NOON + timedelta(seconds=29))
        in_time = deliver_due(now=NOON + timedelta(seconds=30))

        assert (too_early.delivered, in_time.delivered) == (0, 1)
        assert Delivery.objects.get().error == ""

    def test_lets_one_consumer_fail_alone(self, learner: LearnerProfile, settings: Settings) -> None:
        settings.GAMIFICATION = {
            "LEARNERS": {"CONSUMERS": {"a": f"{__name__}.fail", "b": f"{__name__}.listen", "c": "no.such.place"}}
        }
        happen(learner, "day.began")

        report = deliver_due(now=NOON)

        assert report == DeliveryReport(delivered=1, failed=2)
        assert heard == ["day.began"]


class TestClaim:
    def test_frees_what_a_killed_process_had_claimed(self, learner: LearnerProfile) -> None:
        happen(learner, "day.began")
        claim(consumer="analytics", now=NOON)

        assert claim(consumer="analytics", now=NOON + timedelta(minutes=9)) == []
        assert len(claim(consumer="analytics", now=NOON + timedelta(minutes=10))) == 1

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer; it takes PostgreSQL")
    @pytest.mark.django_db(transaction=True)
    def test_passes_over_what_another_is_claiming(self, learner: LearnerProfile) -> None:
        happen(learner, "day.began", "challenge.completed")
        other = connections["default"].copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT id FROM gamification_learners_delivery ORDER BY event_id LIMIT 1 FOR UPDATE")
                mine = claim(consumer="analytics", now=NOON)
        finally:
            other.close()

        assert [delivery.event.name for delivery in mine] == ["challenge.completed"]


class TestWaitAfter:
    def test_doubles_up_to_six_hours(self) -> None:
        assert [wait_after(attempts).total_seconds() for attempts in (1, 2, 3, 10, 11, 32_767)] == [
            30,
            60,
            120,
            15_360,
            21_600,
            21_600,
        ]


class TestDeliverEvents:
    def test_says_what_was_delivered(self, learner: LearnerProfile) -> None:
        happen(learner, "day.began")
        output = StringIO()

        call_command("deliver_events", stdout=output)

        assert output.getvalue() == "1 delivered, 0 failed.\n"
