"""Everything may arrive twice and at the same moment: many processes against one database."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from learners.common import bulk
from learners.common.append_only import lifted
from learners.errors import ActivityConflict
from learners.models import Activity, LearnerDay, LearnerProfile, LearnerState, SkillEstimate, Source
from learners.services import recording
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from rewards.services.audit import verify_ledger
from rewards.services.setup import setup as set_up_rewards
from tests.factories import NOON, SourceFactory
from tests.processes import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration]


def quiz_answers(count: int, *, learners: int, tag: str = "a") -> list[NewActivity]:
    """Return answers of a repeatable history."""
    chance = random.Random(7)
    return [
        NewActivity(
            client_id=f"{tag}-{number}",
            learner=f"learner-{chance.randrange(learners)}",
            category=f"category-{chance.randrange(8)}",
            item=f"item-{chance.randrange(60)}",
            correct=chance.random() < 0.7,
            seconds=4.0,
        )
        for number in range(count)
    ]


@pytest.mark.services
class TestTwentyProcesses:
    def test_the_same_200_activities_sent_20_times_each_count_200_times(self) -> None:
        set_up_rewards(now=NOON)
        source = SourceFactory()
        answers = quiz_answers(200, learners=25)

        def send(number: int) -> int:
            order = random.Random(number)
            new = 0
            for _ in range(20):
                shuffled = order.sample(answers, len(answers))
                for start in range(0, len(shuffled), 50):
                    batch = shuffled[start : start + 50]
                    recorded = record_activities(activities=batch, source=source, now=NOON)
                    new += sum(not one.replayed for one in recorded)
            return new

        new = sum(at_once(send, processes=20, seconds=300))

        assert new == 200
        assert Activity.objects.count() == 200
        assert LearnerDay.objects.aggregate(n=Sum("answers"))["n"] == 200
        assert LearnerState.objects.aggregate(n=Sum("n_answers"))["n"] == 200
        assert SkillEstimate.objects.aggregate(n=Sum("n"))["n"] == 200
        assert LearnerProfile.objects.count() == 25
        report = verify_ledger()
        assert report.drifts == ()
        assert report.entries > 0

    def test_newcomers_named_by_all_at_once_become_one_learner_each(self) -> None:
        source = SourceFactory()

        def send(number: int) -> None:
            names = [f"new-{n}" for n in range(40)]
            random.Random(number).shuffle(names)
            batch = [
                NewActivity(
                    client_id=f"{number}-{name}", learner=name, category=f"topic-{name}", item=name, correct=True
                )
                for name in names
            ]
            record_activities(activities=batch, source=source, now=NOON)

        at_once(send, processes=12)

        assert LearnerProfile.objects.count() == 40
        assert set(LearnerState.objects.values_list("n_answers", flat=True)) == {12}


class TestEightWritersOnSqlite:
    def test_no_writer_is_told_that_the_database_is_locked(self, tmp_path: Path) -> None:
        run = subprocess.run(
            [sys.executable, "-m", "tests.learners.sqlite_writers", "--writers", "8"],
            env={
                **os.environ,
                "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
                "DJANGO_SETTINGS_MODULE": "gamification_site.settings.test",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

        assert run.returncode == 0, run.stderr
        report = json.loads(run.stdout)
        assert report["together"]["locked"] == 0
        assert report["together"]["recorded"] == report["together"]["sent"] == 320
        assert report["together"]["per_second"] >= 0.5 * report["alone"]["per_second"]


@pytest.mark.services
class TestGuardActivityId:
    """The twin: without the unique key, the same id sent at once by many is recorded many times."""

    def test_without_the_unique_key_the_damage_is_seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        source = SourceFactory()
        constraint = next(c for c in Activity._meta.constraints if c.name == "gam_lea_activity_uniq")

        guarded = Counter(at_once(lambda number: send_same_id(source, number), processes=8))
        empty_activities()
        with connection.schema_editor() as editor:
            editor.remove_constraint(Activity, constraint)
        monkeypatch.setattr(recording, "insert_new", insert_unguarded)
        try:
            at_once(lambda number: send_same_id(source, number), processes=8)
            copies = Activity.objects.filter(client_id="same").count()
        finally:
            empty_activities()
            with connection.schema_editor() as editor:
                editor.add_constraint(Activity, constraint)

        assert guarded == {"recorded": 1, "ActivityConflict": 7}
        assert copies > 1


def send_same_id(source: Source, number: int) -> str:
    """Send one id, each process for a learner of its own, so that no lock but the key itself stands between them."""
    activity = NewActivity(client_id="same", learner=f"learner-{number}", correct=True)
    try:
        record_activities(activities=[activity], source=source, now=NOON + timedelta(seconds=number))
    except ActivityConflict as error:
        return type(error).__name__
    return "recorded"


def insert_unguarded(model: type[Activity], rows: Sequence[bulk.Row], **values: Any) -> list[tuple[Any, ...]]:
    """Insert as `bulk.insert_new` does, but without asking whether a key is taken."""
    return bulk.insert_all(model, rows, returning=values.get("returning", ("id",)))


def empty_activities() -> None:
    with lifted():
        Activity.objects.all().delete()


@pytest.mark.services
class TestGuardLockOrder:
    """The twin: learners locked in the order of arrival deadlock; in id order they do not."""

    def test_locking_in_another_order_deadlocks(self) -> None:
        ids = [LearnerProfile.objects.create(created_at=NOON).pk for _ in range(12)]

        def lock(number: int, *, ordered: bool) -> int:
            deadlocks = 0
            order = random.Random(number)
            for _ in range(40):
                wanted = order.sample(ids, 6)
                try:
                    with transaction.atomic():
                        for pk in sorted(wanted) if ordered else wanted:
                            LearnerProfile.objects.select_for_update(no_key=True).get(pk=pk)
                except Exception as error:
                    if "deadlock" not in str(error):
                        raise
                    deadlocks += 1
            return deadlocks

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            name = cursor.fetchone()[0]
            cursor.execute(f"ALTER DATABASE \"{name}\" SET deadlock_timeout = '50ms'")
        try:
            in_order = sum(at_once(lambda number: lock(number, ordered=True), processes=6))
            in_any_order = sum(at_once(lambda number: lock(number, ordered=False), processes=6))
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER DATABASE "{name}" RESET deadlock_timeout')

        assert in_order == 0
        assert in_any_order > 0
