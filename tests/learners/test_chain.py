"""A room that fails: everybody else is served, the answer is kept, and the replay repairs it exactly once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import override_settings

from learners.models import Activity, Event, HandlerFailure, LearnerState, Source
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from learners.services.replay import replay_activities
from tests.factories import NOON, SourceFactory
from tests.learners import rooms

pytestmark = pytest.mark.django_db

ROOMS = {
    "LEARNERS": {
        "ACTIVITY_HANDLERS": [f"tests.learners.rooms.{name}" for name in ("first", "shaky", "last")],
        "POINTS_HANDLERS": ["tests.learners.rooms.on_points"],
    }
}


@pytest.fixture(autouse=True)
def _our_rooms() -> Iterator[None]:
    rooms.forget()
    with override_settings(GAMIFICATION=ROOMS):
        yield
    rooms.forget()


@pytest.fixture
def source() -> Source:
    return SourceFactory()


def batch(*names: str, tag: str = "a") -> list[NewActivity]:
    return [NewActivity(client_id=f"{tag}-{name}", learner=name, correct=True, category="signs") for name in names]


def learner_id(source: Source, name: str) -> int:
    """Return the learner's id, making the learner known by an answer of another kind."""
    recorded = record_activities(
        activities=[NewActivity(client_id=f"hello-{name}", learner=name, kind="lesson")],
        source=source,
        now=NOON - timedelta(days=1),
        run_handlers=False,
    )
    return int(recorded[0].learner_id)


class TestFastPath:
    def test_rooms_hear_in_order_and_their_words_are_stored(self, source: Source) -> None:
        recorded = record_activities(activities=batch("kari", "ola"), source=source, now=NOON)

        assert list(recorded[0].outcome) == ["streak", "first", "shaky", "last"]
        assert Activity.objects.get(client_id="a-ola").outcome == recorded[1].outcome
        assert rooms.calls == [2]
        assert len(rooms.heard) == 2
        assert Event.objects.filter(name="last.done").count() == 2


class TestFailingRoom:
    def test_everyone_else_is_served_and_the_answer_is_kept(self, source: Source) -> None:
        rooms.failing.add(learner_id(source, "ola"))

        recorded = record_activities(activities=batch("kari", "ola", "per", "liv"), source=source, now=NOON)

        rooms_heard = {one.client_id: list(one.outcome) for one in recorded}
        assert rooms_heard["a-ola"] == ["streak", "first"]
        assert rooms_heard["a-kari"] == rooms_heard["a-liv"] == ["streak", "first", "shaky", "last"]
        assert LearnerState.objects.filter(n_answers=1).count() == 4
        failure = HandlerFailure.objects.get()
        assert failure.handler == "tests.learners.rooms.shaky"
        assert failure.error == "ValueError: this learner cannot be served"
        assert Event.objects.filter(name="shaky.done").count() == 3

    def test_the_replay_repairs_it_and_what_hangs_on_it_exactly_once(self, source: Source) -> None:
        failing = learner_id(source, "ola")
        rooms.failing.add(failing)
        record_activities(activities=batch("kari", "ola"), source=source, now=NOON)
        rooms.failing.clear()

        first = replay_activities(now=NOON + timedelta(days=3))
        again = replay_activities(now=NOON + timedelta(days=3))

        assert (first.repaired, first.waiting) == (1, 0)
        assert (again.repaired, again.waiting) == (0, 0)
        outcome = Activity.objects.get(client_id="a-ola").outcome or {}
        assert set(outcome) == {"streak", "first", "shaky", "last"}
        assert outcome["last"] == {"at": NOON.isoformat(), "streak": 2}  # as at receipt
        done = Event.objects.filter(learner=failing, name="last.done").get()
        assert done.happened_at == NOON
        assert [entry.learner_id for entry in rooms.heard].count(failing) == 1

    def test_later_batches_run_normally_meanwhile(self, source: Source) -> None:
        failing = learner_id(source, "ola")
        rooms.failing.add(failing)
        record_activities(activities=batch("ola"), source=source, now=NOON)
        rooms.failing.clear()

        later = record_activities(activities=batch("ola", tag="b"), source=source, now=NOON)

        assert list(later[0].outcome) == ["streak", "first", "shaky", "last"]
        assert HandlerFailure.objects.filter(resolved_at=None).count() == 1

    def test_a_replay_that_fails_again_keeps_waiting_and_counts(self, source: Source) -> None:
        rooms.failing.add(learner_id(source, "ola"))
        record_activities(activities=batch("ola"), source=source, now=NOON)

        report = replay_activities(now=NOON)

        assert (report.repaired, report.waiting) == (0, 1)
        assert HandlerFailure.objects.get().attempts == 2
        assert Event.objects.filter(name="shaky.done").count() == 0

    def test_after_eight_failing_learners_the_rest_waits_unbisected(self, source: Source) -> None:
        names = [f"l{number:02}" for number in range(32)]
        rooms.failing.update(learner_id(source, name) for name in names)

        record_activities(activities=batch(*names), source=source, now=NOON)

        assert HandlerFailure.objects.count() == 32
        assert len(rooms.calls) < 32
        assert Activity.objects.filter(correct=True).count() == 32

    def test_the_database_s_trouble_is_never_a_room_s_failure(
        self, source: Source, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def locked(*_: object, **__: object) -> None:
            raise OperationalError("deadlock detected")

        monkeypatch.setattr(rooms, "_outcome", locked)

        with pytest.raises(OperationalError):
            record_activities(activities=batch("ola"), source=source, now=NOON)

        assert HandlerFailure.objects.count() == 0
        assert Activity.objects.count() == 0


class TestReplayRoomByRoom:
    def test_a_later_room_that_fails_takes_nothing_from_the_repaired_one(self, source: Source) -> None:
        failing = learner_id(source, "ola")
        rooms.failing.add(failing)
        record_activities(activities=batch("ola"), source=source, now=NOON)
        rooms.failing.clear()
        rooms.failing_last.add(failing)

        report = replay_activities(now=NOON)

        assert (report.repaired, report.waiting) == (0, 1)
        waiting = HandlerFailure.objects.get(resolved_at=None)
        assert waiting.handler == "tests.learners.rooms.last"
        assert Event.objects.filter(learner=failing, name="shaky.done").count() == 1
        rooms.failing_last.clear()
        assert replay_activities(now=NOON).repaired == 1
        assert Event.objects.filter(learner=failing, name="shaky.done").count() == 1

    def test_a_board_that_fails_does_not_hold_up_the_replay(self, source: Source) -> None:
        rooms.failing.add(learner_id(source, "ola"))
        record_activities(activities=batch("ola"), source=source, now=NOON)
        rooms.failing.clear()
        rooms.failing_boards.append(True)

        assert replay_activities(now=NOON).repaired == 1
