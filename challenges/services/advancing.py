"""Moving challenges by what learners did, and paying those that are completed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from challenges.models import Challenge, Status
from challenges.models.challenges import OPEN_DAYS
from challenges.progress import Standing, advance, days_done, happened_at
from challenges.services.days import make_days
from challenges.signals import challenge_completed
from learners.api import ActivityFact, EntryFact, LearnerDay, NewEvent, Outcome
from learners.common.bulk import update_rows
from rewards.api import XP, NewEntry, write_entries

ROOM = "challenges"
COMPLETED = "challenge.completed"
REASON = "daily_challenge"
STREAK = "streak"
PAID_FOR = {"xp": "challenge_completed", "bonus": "challenge_bonus"}  # what each part of the pay is for


@dataclass(slots=True, kw_only=True)
class Track:
    """One challenge on its way through a batch."""

    id: int
    learner_id: int
    local_date: date
    slot: int
    xp: int
    bonus: int
    status: int
    reopened_at: datetime | None
    before: Standing
    now: Standing
    completed_by: int | None = None  # the activity

    @property
    def has_moved(self) -> bool:
        return self.now != self.before


@dataclass(slots=True)
class Moves:
    """What one batch did to its learners' challenges."""

    tracks: list[Track] = field(default_factory=list)
    by_activity: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))  # progress by track id


def advance_all(batch: Sequence[ActivityFact], *, now: datetime) -> list[Outcome]:
    """Make the batch's missing days, move the open challenges, complete and pay; the caller holds the locks.

    Without a completion and a missing day: two statements, three with an open streak challenge.
    """
    tracks = _open_tracks(batch, now)
    moves = _move(batch, tracks)
    moved = [track for track in moves.tracks if track.has_moved]
    done = [track for track in moved if track.completed_by is not None]
    update_rows(Challenge, [_row(track, now) for track in moved])
    entries, events = _pay(done, {fact.id: fact.local_date for fact in batch}, now)
    if done and challenge_completed.has_listeners(Challenge):
        transaction.on_commit(partial(_announce, done, now), robust=True)
    return _outcomes(batch, moves, entries, events)


def _open_tracks(batch: Sequence[ActivityFact], now: datetime) -> list[Track]:
    days: dict[date, set[int]] = defaultdict(set)
    for fact in batch:
        days[fact.local_date].add(fact.learner_id)
    tracks, present = _read(days)
    missing = {
        day: sorted(learner_ids - {learner_id for learner_id, there in present if there == day})
        for day, learner_ids in days.items()
    }
    missing = {day: learner_ids for day, learner_ids in missing.items() if learner_ids}
    if missing and make_days(learners_by_day=missing, now=now):
        tracks, _ = _read(days)
    return tracks


def _read(days: Mapping[date, Iterable[int]]) -> tuple[list[Track], set[tuple[int, date]]]:
    """Return the open challenges that may move and which (learner, day) exist; one statement."""
    learner_ids = sorted({learner_id for ids in days.values() for learner_id in ids})
    first = min(days) - timedelta(days=OPEN_DAYS - 1)
    alive = Q(status=Status.OPEN) & (Q(type__code=STREAK) | Q(reopened_at__isnull=False))
    rows = Challenge.objects.filter(
        Q(local_date__in=list(days)) | alive, learner_id__in=learner_ids, local_date__gte=first
    ).order_by("learner_id", "local_date", "slot")
    tracks, present = [], set()
    for row in rows.values_list(*_COLUMNS):
        values = dict(zip(_COLUMNS, row, strict=True))
        present.add((values["learner_id"], values["local_date"]))
        if values["status"] == Status.OPEN:
            tracks.append(_track(values))
    return tracks, present


_COLUMNS = (
    "id",
    "learner_id",
    "local_date",
    "slot",
    "xp",
    "bonus",
    "status",
    "reopened_at",
    "type__code",
    "category_id",
    "requirement",
    "target_correct",
    "minutes",
    "in_a_row",
    "progress",
    "answered",
    "attempt_at",
)


def _track(values: Mapping[str, object]) -> Track:
    standing = Standing(
        kind=values["type__code"],  # type: ignore[arg-type]
        target_correct=values["target_correct"] or 0,  # type: ignore[arg-type]
        minutes=values["minutes"] or 0,  # type: ignore[arg-type]
        **{
            name: values[name]
            for name in ("category_id", "requirement", "in_a_row", "progress", "answered", "attempt_at")
        },  # type: ignore[arg-type]
    )
    own = {name: values[name] for name in _COLUMNS[: _COLUMNS.index("type__code")]}
    return Track(before=standing, now=standing, **own)  # type: ignore[arg-type]


def _move(batch: Sequence[ActivityFact], tracks: list[Track]) -> Moves:
    moves = Moves(tracks=tracks)
    facts_of: dict[int, list[ActivityFact]] = defaultdict(list)
    for fact in batch:
        facts_of[fact.learner_id].append(fact)
    practised = _practised_days([track for track in tracks if track.before.kind == STREAK])
    for track in tracks:
        facts = facts_of[track.learner_id]
        if track.before.minutes:
            facts = sorted(facts, key=happened_at)  # offline answers may be sent in any order
        for fact in facts:
            if _counts(track, fact) and _moves(track, fact, practised[track.learner_id]):
                moves.by_activity[fact.id][track.id] = track.now.progress
                if track.now.is_complete:
                    track.completed_by = fact.id
                    break
    return moves


def _moves(track: Track, fact: ActivityFact, practised: set[date]) -> bool:
    """Move the challenge by one activity and say whether it stands elsewhere now."""
    before = track.now
    if before.kind == STREAK:
        track.now = days_done(before, track.local_date, practised, fact.local_date)
    else:
        track.now = advance(before, fact)
    return track.now != before


def _counts(track: Track, fact: ActivityFact) -> bool:
    """Say whether the activity may move the challenge: its own day's, or one of its seven days'.

    The later days count for a streak, and for others once the learner has reopened them.
    """
    if fact.local_date == track.local_date:
        return True
    is_open = track.before.kind == STREAK or (track.reopened_at is not None and fact.received_at >= track.reopened_at)
    return is_open and timedelta(0) < fact.local_date - track.local_date < timedelta(days=OPEN_DAYS)


def _practised_days(streaks: Sequence[Track]) -> Mapping[int, set[date]]:
    days: dict[int, set[date]] = defaultdict(set)
    if streaks:
        learner_ids = sorted({track.learner_id for track in streaks})
        first = min(track.local_date for track in streaks)
        rows = LearnerDay.objects.filter(learner_id__in=learner_ids, local_date__gte=first, activities__gt=0)
        for learner_id, day in rows.values_list("learner_id", "local_date"):
            days[learner_id].add(day)
    return days


def _row(track: Track, now: datetime) -> dict[str, object]:
    done = track.completed_by is not None
    return {
        "id": track.id,
        "progress": track.now.progress,
        "answered": track.now.answered,
        "attempt_at": track.now.attempt_at,
        "status": Status.COMPLETED.value if done else Status.OPEN.value,
        "completed_at": now if done else None,
    }


def _pay(
    done: Sequence[Track], days: Mapping[int, date], now: datetime
) -> tuple[dict[int, list[EntryFact]], dict[int, list[NewEvent]]]:
    """Pay each completed challenge once; return ledger entries and events by activity."""
    entries: dict[int, list[EntryFact]] = defaultdict(list)
    events: dict[int, list[NewEvent]] = defaultdict(list)
    if not done:
        return entries, events
    by_source = {f"challenge:{track.id}": track for track in done}
    written = write_entries(
        entries=[
            NewEntry(
                learner_id=track.learner_id,
                currency=XP,
                amount=track.xp + track.bonus,
                source=source,
                reason=REASON,
                local_date=days[track.completed_by or 0],
            )
            for source, track in by_source.items()
            if track.xp + track.bonus
        ],
        now=now,
    )
    activity_of_learner = {track.learner_id: track.completed_by or 0 for track in done}
    for entry in written.entries:
        entries[by_source[entry.source].completed_by or 0].append(entry)
    for track in done:
        events[track.completed_by or 0].append(_event(track))
    for event in written.events:
        events[activity_of_learner[event.learner_id]].append(event)
    return entries, events


def _event(track: Track) -> NewEvent:
    data = {
        "challenge": track.id,
        "type": track.now.kind,
        "category": track.now.category_id,
        "local_date": track.local_date.isoformat(),
        "xp": track.xp,
        "bonus": track.bonus,
    }
    return NewEvent(name=COMPLETED, learner_id=track.learner_id, data=data)


def _announce(done: Sequence[Track], now: datetime) -> None:
    for track in done:
        challenge_completed.send_robust(
            sender=Challenge,
            challenge_id=track.id,
            learner_id=track.learner_id,
            xp=track.xp,
            bonus=track.bonus,
            now=now,
        )


def _outcomes(
    batch: Sequence[ActivityFact],
    moves: Moves,
    entries: Mapping[int, list[EntryFact]],
    events: Mapping[int, list[NewEvent]],
) -> list[Outcome]:
    by_id = {track.id: track for track in moves.tracks}
    return [
        Outcome(
            activity_id=fact.id,
            learner_id=fact.learner_id,
            room=ROOM,
            data={"challenges": [_said(by_id[key], at, fact) for key, at in moves.by_activity[fact.id].items()]},
            events=tuple(events.get(fact.id, ())),
            entries=tuple(entries.get(fact.id, ())),
        )
        for fact in batch
        if fact.id in moves.by_activity
    ]


def _said(track: Track, progress: int, fact: ActivityFact) -> dict[str, object]:
    done = track.completed_by == fact.id
    return {
        "id": track.id,
        "local_date": track.local_date.isoformat(),
        "slot": track.slot,
        "type": track.now.kind,
        "progress": progress,
        "goal": track.now.goal,
        "completed": done,
        **({"xp": track.xp, "bonus": track.bonus, "paid": _explained(track)} if done else {}),
    }


def _explained(track: Track) -> list[dict[str, object]]:
    """Return what was paid, part by part, with the code of its reason; the ledger holds the sum as one entry."""
    parts = {"xp": track.xp, "bonus": track.bonus}
    return [{"amount": amount, "for": PAID_FOR[part]} for part, amount in parts.items() if amount]
