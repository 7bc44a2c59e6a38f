"""The commands of daily challenges: what each flag does, and what it leaves alone."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from challenges.models import (
    Challenge,
    ChallengeRating,
    ChallengeSettings,
    ChallengeType,
    GenerationRun,
    Origin,
    Status,
)
from challenges.models.ratings import Verdict
from challenges.services.generation import generate_for_day
from learners.common import clock
from learners.models import Category, LearnerState, Wording
from tests.challenges.builders import TODAY, a_learner, a_site, rows_of
from tests.challenges.test_manual import written
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db

DAY = ("--date", TODAY.isoformat())
ADMINS = override_settings(ADMINS=[("Kari", "kari@example.org")])


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def said(*arguments: str, command: str = "generate_daily_challenges") -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def reported(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(said(*arguments, "--json"))
    return answer


class TestForce:
    def test_chooses_again_what_nobody_has_begun(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        reported(*DAY)
        ChallengeSettings.objects.update(per_day=2, difficulty_min=0.85, difficulty_max=0.85)

        report = reported(*DAY, "--force")

        assert (report["generated"], report["kept"]) == (2, 0)
        assert [row.slot for row in learner.challenges.order_by("slot")] == [0, 1]

    def test_keeps_what_is_begun_completed_abandoned_or_rated(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        ChallengeSettings.objects.update(per_day=5)
        reported(*DAY)
        Challenge.objects.filter(slot=0).update(progress=1)
        Challenge.objects.filter(slot=1).update(status=Status.COMPLETED, progress=9, completed_at=NOON)
        Challenge.objects.filter(slot=2).update(status=Status.ABANDONED)
        ChallengeRating.objects.create(challenge=Challenge.objects.get(slot=3), verdict=Verdict.TOO_EASY, rated_at=NOON)
        kept = list(learner.challenges.filter(slot__lt=4).order_by("slot").values_list("pk", flat=True))

        report = reported(*DAY, "--force")

        assert (report["generated"], report["kept"]) == (1, 4)
        assert list(learner.challenges.filter(slot__lt=4).order_by("slot").values_list("pk", flat=True)) == kept

    def test_gives_what_an_administrator_wrote_since_then_once(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        reported(*DAY)
        for requirement in (4, 5):
            written(requirement=requirement)
            reported(*DAY, "--force")

        by_hand = learner.challenges.filter(source=Origin.MANUAL).values_list("requirement", flat=True)
        assert sorted(by_hand) == [4, 5]
        assert learner.challenges.count() == 3

    def test_chooses_the_same_while_the_rules_are_the_same(self) -> None:
        topics = a_site()
        for number in range(4):
            a_learner(answers=60, topics=topics, thetas=(0.1 * number, 0.0, 0.5, -0.5))
        reported(*DAY)
        before = rows_of()

        reported(*DAY, "--force")

        assert rows_of() == before


class TestLearner:
    def test_serves_one_by_uuid_or_by_the_users_key(self) -> None:
        topics = a_site()
        one = a_learner(answers=60, topics=topics)
        user = UserFactory.create()
        other = a_learner(answers=60, topics=topics, user=user)
        a_learner(answers=60, topics=topics)

        first = reported(*DAY, "--learner", str(one.uuid))
        second = reported(*DAY, "--learner", str(user.pk))

        assert (first["generated"], first["learners"], second["generated"]) == (3, 1, 3)
        assert set(Challenge.objects.values_list("learner", flat=True)) == {one.pk, other.pk}

    def test_works_by_hand_while_the_automation_is_off(self) -> None:
        learner = a_learner(answers=60, topics=a_site())
        ChallengeSettings.objects.update(automation_on=False)

        assert reported(*DAY, "--learner", str(learner.uuid))["generated"] == 3
        assert reported(*DAY, "--learner", str(learner.uuid))["kept"] == 3

    def test_refuses_somebody_unknown_and_tells_no_administrator(self) -> None:
        with ADMINS, pytest.raises(CommandError, match="no learner 'nobody'"):
            said("--learner", "nobody")

        assert mail.outbox == []


class TestDryRun:
    def test_counts_what_would_be_made_and_writes_nothing(self) -> None:
        topics = a_site()
        served = a_learner(answers=60, topics=topics)
        a_learner(answers=12, topics=topics)
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        reported(*DAY, "--learner", str(served.uuid))
        before = (Challenge.objects.count(), GenerationRun.objects.count())

        report = reported(*DAY, "--dry-run", "--cleanup")
        forced = reported(*DAY, "--dry-run", "--force")

        assert (report["learners"], report["generated"], report["kept"]) == (2, 3, 3)
        assert (forced["ml_generated"], forced["fallback_generated"]) == (3, 3)
        assert (Challenge.objects.count(), GenerationRun.objects.count()) == before


class TestCleanup:
    def test_lets_go_what_is_old_and_was_not_completed(self) -> None:
        topics = a_site()
        a_learner(answers=60, topics=topics)
        for days in (40, 31, 30, 6):
            generate_for_day(day=TODAY - timedelta(days=days), now=NOON - timedelta(days=days))
        Challenge.objects.filter(local_date=TODAY - timedelta(days=40), slot=0).update(
            status=Status.COMPLETED, completed_at=NOON
        )

        report = reported(*DAY, "--cleanup")

        assert report["deleted"] == 5
        assert sorted((TODAY - day).days for day in Challenge.objects.values_list("local_date", flat=True)) == [
            *(0, 0, 0),
            *(6, 6, 6),
            *(30, 30, 30),
            40,
        ]

    def test_never_takes_what_can_still_be_completed(self) -> None:
        a_learner(answers=60, topics=a_site())
        generate_for_day(day=TODAY - timedelta(days=6), now=NOON - timedelta(days=6))
        ChallengeSettings.objects.update(retention_days=1)

        assert reported(*DAY, "--cleanup")["deleted"] == 0


class TestHealthCheck:
    def test_fails_before_the_setup_and_passes_after_it(self) -> None:
        with pytest.raises(CommandError, match="setup_ml_challenges"):
            said("--health-check")

        assert "Sound." in said(command="setup_ml_challenges")
        assert "Sound." in said("--health-check")
        assert not Challenge.objects.exists()

    def test_fails_where_migrations_wait(self) -> None:
        a_site()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'gamification_challenges'")

        with pytest.raises(CommandError, match=r"migrations are not applied"):
            said("--health-check")

    def test_names_a_type_without_a_text(self) -> None:
        a_site()
        Wording.objects.filter(kind="streak").update(is_active=False)

        with pytest.raises(CommandError, match="no text for: streak"):
            said("--health-check")

    def test_names_a_log_file_that_cannot_be_written(self) -> None:
        a_site()

        elsewhere = override_settings(GAMIFICATION={"CHALLENGES": {"LOG_FILE": "/nowhere/at/all.log"}})

        with elsewhere, pytest.raises(CommandError, match="cannot be written"):
            said("--health-check")


class TestArguments:
    @pytest.mark.parametrize(
        "arguments", [["--nonsense"], ["--workers", "0"], ["--workers", "two"], ["--due", "--force"], ["--date", "x"]]
    )
    def test_wrong_ones_fail(self, arguments: list[str]) -> None:
        with pytest.raises(CommandError):
            said(*arguments)

    def test_due_serves_each_learner_on_their_own_day(self) -> None:
        topics = a_site()
        a_learner(answers=60, topics=topics)
        a_learner(answers=60, topics=topics, zone="Pacific/Kiritimati")

        reports = json.loads(said("--due", "--json"))

        assert [report["target_date"] for report in reports] == ["2026-11-21", "2026-11-22"]
        assert [report["generated"] for report in reports] == [3, 3]


class TestTelling:
    def test_mails_a_summary_where_the_settings_ask_for_it(self) -> None:
        a_learner(answers=60, topics=a_site())
        with ADMINS:
            said(*DAY)
            assert mail.outbox == []
            ChallengeSettings.objects.update(mails_summary=True)
            Challenge.objects.all().delete()

            said(*DAY)

        assert "3 made" in mail.outbox[0].subject
        assert "3 challenges for 1 learners" in mail.outbox[0].body

    def test_writes_a_line_to_the_log_file(self, tmp_path: Path) -> None:
        a_learner(answers=60, topics=a_site())
        path = tmp_path / "challenges.log"

        with override_settings(GAMIFICATION={"CHALLENGES": {"LOG_FILE": str(path)}}):
            said(*DAY)

        assert "INFO 2026-11-21: 3 challenges for 1 learners" in path.read_text()

    def test_tells_of_a_failing_database_by_mail_log_and_error(self, tmp_path: Path) -> None:
        a_learner(answers=60, topics=a_site())
        path = tmp_path / "challenges.log"
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE "{LearnerState._meta.db_table}" RENAME TO gone_away')

        logged = override_settings(GAMIFICATION={"CHALLENGES": {"LOG_FILE": str(path)}})
        with ADMINS, logged, pytest.raises(CommandError, match="database failed"):
            said(*DAY)

        assert "the generation failed" in mail.outbox[0].subject
        assert "failed" in path.read_text()


class TestSetup:
    def test_only_tests_where_asked_to(self) -> None:
        with pytest.raises(CommandError, match="setup_ml_challenges"):
            said("--test-only", command="setup_ml_challenges")

        assert not ChallengeType.objects.exists()
        assert not Category.objects.exists()

    def test_prints_every_text_as_learners_read_it(self) -> None:
        said(command="setup_ml_challenges")

        lines = said("--samples", "--test-only", command="setup_ml_challenges").splitlines()

        shown = [line for line in lines if line.startswith(("nb ", "nn ", "en "))]
        assert len(shown) == 3 * Wording.objects.filter(purpose="challenge", is_active=True).count()
        assert not [line for line in shown if "{" in line or "cannot be read" in line]
