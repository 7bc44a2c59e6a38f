import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from rewards import tasks
from rewards.api import POINTS, XP, balance_of, grant, rebuild_balances, verify_ledger
from rewards.models import Balance, Level
from rewards.services import audit
from rewards.services.setup import setup
from tests.factories import NOON, LearnerProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learners() -> list[int]:
    """Three learners with 10, 20 and 30 XP; the first has 5 points too."""
    ids = []
    for number, learner in enumerate(LearnerProfileFactory.create_batch(3), 1):
        grant(learner=learner, currency=XP, amount=10 * number, source="a", now=NOON)
        ids.append(learner.pk)
    grant(learner=learner.__class__.objects.get(pk=ids[0]), currency=POINTS, amount=5, source="a", now=NOON)
    return ids


class TestVerifyLedger:
    def test_is_sound_after_ordinary_work(self, learners: list[int]) -> None:
        report = verify_ledger()

        assert report.sound
        assert (report.entries, report.balances) == (4, 4)

    def test_finds_a_balance_that_was_moved_by_hand(self, learners: list[int]) -> None:
        Balance.objects.filter(learner_id=learners[1]).update(amount=F("amount") + 7)

        (drift,) = verify_ledger().drifts

        assert (drift.learner_id, drift.currency, drift.balance, drift.ledger) == (learners[1], XP, 27, 20)

    def test_finds_a_missing_balance_and_one_without_entries(self, learners: list[int]) -> None:
        stranger = LearnerProfileFactory()
        Balance.objects.filter(learner_id=learners[2]).delete()
        Balance.objects.create(learner=stranger, currency=POINTS, amount=3)

        drifts = verify_ledger().drifts

        assert [(drift.learner_id, drift.balance, drift.ledger) for drift in drifts] == [
            (learners[2], None, 30),
            (stranger.pk, 3, None),
        ]

    def test_finds_levels_out_of_order(self) -> None:
        setup(now=NOON)
        Level.objects.filter(number=5).update(xp_from=600)

        assert verify_ledger().levels_out_of_order == (5,)

    def test_looks_at_every_chunk(self, learners: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(audit, "CHUNK", 1)
        Balance.objects.update(amount=F("amount") + 1)

        assert len(verify_ledger().drifts) == 4


class TestRebuildBalances:
    def test_makes_every_balance_the_sum_again(self, learners: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(audit, "CHUNK", 2)
        stranger = LearnerProfileFactory()
        Balance.objects.filter(learner_id=learners[0], currency=XP).update(amount=999)
        Balance.objects.filter(learner_id=learners[2]).delete()
        Balance.objects.create(learner=stranger, currency=POINTS, amount=3)

        report = rebuild_balances(now=NOON)

        assert (report.learners, report.balances, report.corrected) == (4, 5, 3)
        assert verify_ledger().sound
        assert [balance_of(learner_id=pk, currency=XP) for pk in learners] == [10, 20, 30]
        assert rebuild_balances(now=NOON).corrected == 0


class TestCommands:
    def test_verify_ledger_is_silent_about_nothing_and_exits_zero(self, learners: list[int]) -> None:
        out = StringIO()

        call_command("verify_ledger", stdout=out)

        assert out.getvalue() == "4 entries, 4 balances, 0 differences\n"

    def test_verify_ledger_exits_one_on_a_difference(self, learners: list[int]) -> None:
        Balance.objects.filter(learner_id=learners[1]).update(amount=27)
        out = StringIO()

        with pytest.raises(SystemExit) as left:
            call_command("verify_ledger", "--json", stdout=out)

        assert left.value.code == 1
        report = json.loads(out.getvalue())
        assert report["sound"] is False
        assert report["drifts"] == [{"learner_id": learners[1], "currency": "xp", "balance": 27, "ledger": 20}]

    def test_rebuild_balances_reports_what_it_corrected(self, learners: list[int]) -> None:
        Balance.objects.filter(learner_id=learners[1]).update(amount=27)
        out = StringIO()

        call_command("rebuild_balances", "--json", stdout=out)

        assert json.loads(out.getvalue()) == {"learners": 3, "balances": 4, "corrected": 1}


class TestTasks:
    def test_verify_ledger_logs_an_error_on_a_difference(
        self, learners: list[int], caplog: pytest.LogCaptureFixture
    ) -> None:
        Balance.objects.filter(learner_id=learners[1]).update(amount=27)

        report = tasks.verify_ledger()

        assert len(report["drifts"]) == 1
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    def test_rebuild_balances_repairs(self, learners: list[int]) -> None:
        Balance.objects.filter(learner_id=learners[1]).update(amount=27)

        assert tasks.rebuild_balances()["corrected"] == 1
        assert tasks.verify_ledger()["drifts"] == ()
