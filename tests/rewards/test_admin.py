from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from rewards.api import XP, balance_of, grant
from rewards.models import Correction, LedgerEntry, Level, Price
from rewards.services.setup import setup
from tests.factories import NOON, LearnerProfileFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Any:
    setup(now=NOON)
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def client(administrator: Any) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def entry() -> LedgerEntry:
    return grant(learner=LearnerProfileFactory(), currency=XP, amount=500, source="challenge:7", now=NOON)


def correct_url(entry: LedgerEntry) -> str:
    return reverse("admin:gamification_rewards_ledgerentry_correct", args=[entry.pk])


class TestLedgerPages:
    @pytest.mark.parametrize("model", ["ledgerentry", "balance", "correction", "level", "price"])
    def test_every_list_opens(self, client: Client, entry: LedgerEntry, model: str) -> None:
        assert client.get(reverse(f"admin:gamification_rewards_{model}_changelist")).status_code == 200

    @pytest.mark.parametrize("model", ["ledgerentry", "balance", "correction"])
    def test_the_books_take_no_rows_by_hand(self, client: Client, model: str) -> None:
        assert client.get(reverse(f"admin:gamification_rewards_{model}_add")).status_code == 403

    @pytest.mark.parametrize("words", ["challenge:7", "Kari", "7d0e"])
    def test_the_ledger_can_be_searched_for_any_text(self, client: Client, entry: LedgerEntry, words: str) -> None:
        page = client.get(reverse("admin:gamification_rewards_ledgerentry_changelist"), {"q": words})

        assert page.status_code == 200
        assert ("challenge:7</td>" in page.text) is (words == "challenge:7")

    def test_the_ledger_can_be_searched_by_learner(self, client: Client, entry: LedgerEntry) -> None:
        url = reverse("admin:gamification_rewards_ledgerentry_changelist")

        page = client.get(url, {"q": str(entry.learner.uuid)})

        assert "challenge:7</td>" in page.text

    def test_an_entry_can_be_read_and_offers_its_correction(self, client: Client, entry: LedgerEntry) -> None:
        page = client.get(reverse("admin:gamification_rewards_ledgerentry_change", args=[entry.pk]))

        assert page.status_code == 200
        assert correct_url(entry) in page.text


class TestCorrect:
    def test_writes_a_counter_entry_with_the_reason_and_a_log(
        self, client: Client, administrator: Any, entry: LedgerEntry
    ) -> None:
        asked = client.get(correct_url(entry))
        done = client.post(correct_url(entry), {"note": "Paid twice"})

        assert (asked.status_code, done.status_code) == (200, 302)
        correction = Correction.objects.get()
        assert (correction.corrected, correction.note, correction.by) == (entry, "Paid twice", str(administrator.pk))
        assert balance_of(learner_id=entry.learner_id, currency=XP) == 0
        assert LogEntry.objects.count() == 1

    def test_asks_again_without_a_reason(self, client: Client, entry: LedgerEntry) -> None:
        assert client.post(correct_url(entry), {"note": " "}).status_code == 200
        assert not Correction.objects.exists()

    def test_says_that_there_is_no_such_entry(self, client: Client) -> None:
        assert client.get(reverse("admin:gamification_rewards_ledgerentry_correct", args=[99])).status_code == 404

    def test_is_closed_to_staff_who_may_only_look(self, entry: LedgerEntry) -> None:
        reader = UserFactory(is_staff=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_ledgerentry"))
        client = Client()
        client.force_login(reader)

        page = client.get(reverse("admin:gamification_rewards_ledgerentry_change", args=[entry.pk]))
        refused = client.post(correct_url(entry), {"note": "Mine"})

        assert page.status_code == 200
        assert correct_url(entry) not in page.text
        assert refused.status_code == 403


class TestLevelPage:
    def test_refuses_a_level_that_is_easier_than_the_one_below(self, client: Client) -> None:
        level = Level.objects.get(number=3)
        url = reverse("admin:gamification_rewards_level_change", args=[level.pk])

        page = client.post(url, {"number": 3, "xp_from": 140})

        assert page.status_code == 200
        level.refresh_from_db()
        assert level.xp_from == 375

    def test_takes_one_between_its_neighbours(self, client: Client) -> None:
        level = Level.objects.get(number=3)
        url = reverse("admin:gamification_rewards_level_change", args=[level.pk])

        page = client.post(url, {"number": 3, "xp_from": 400})

        assert page.status_code == 302
        level.refresh_from_db()
        assert level.xp_from == 400


class TestPricePage:
    def test_changes_what_is_paid(self, client: Client) -> None:
        price = Price.objects.get(code="question_correct")
        url = reverse("admin:gamification_rewards_price_change", args=[price.pk])

        page = client.post(
            url, {"code": price.code, "base": "3", "scale": "0", "later_share": "0.5", "is_active": "on"}
        )

        assert page.status_code == 302
        price.refresh_from_db()
        assert int(price.base) == 3
