"""The learner's own page."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from rest_framework.test import APIClient

from learners.models import LearnerProfile
from learners.names import NameNotAllowed, clean_name
from tests.factories import NOON, UserFactory
from tests.learners.rest import client_of, learner_with_user

ME = "/api/v1/learners/me/"


@pytest.fixture
def kari() -> LearnerProfile:
    return learner_with_user()


@pytest.fixture
def client(kari: LearnerProfile) -> APIClient:
    return client_of(kari.user)


@pytest.mark.django_db
class TestMe:
    def test_a_profile_is_made_at_first_sight_and_only_once(self) -> None:
        client = client_of(UserFactory.create())

        first = client.get(ME).json()
        again = client.get(ME).json()

        assert first == again
        assert LearnerProfile.objects.count() == 1
        assert (first["zone"], first["age_band"], first["personalized"]) == ("Europe/Oslo", "unknown", True)

    def test_name_language_and_personal_choice_change_at_once(self, client: APIClient) -> None:
        body = {"display_name": " Kari  A\u030as ", "language": "nn", "personalized": False}

        shown = client.patch(ME, body, format="json").json()

        assert (shown["display_name"], shown["language"], shown["personalized"]) == ("Kari Ås", "nn", False)

    def test_a_new_zone_takes_effect_at_the_next_midnight(self, client: APIClient) -> None:
        midnight = datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Oslo"))

        with time_machine.travel(NOON, tick=False):
            planned = client.patch(ME, {"zone": "America/New_York"}, format="json").json()
        with time_machine.travel(midnight, tick=False):
            later = client.get(ME).json()

        assert (planned["zone"], planned["next_zone"]) == ("Europe/Oslo", "America/New_York")
        assert datetime.fromisoformat(planned["next_zone_at"]) == midnight
        assert (later["zone"], later["next_zone"], later["next_zone_at"]) == ("America/New_York", "", None)

    def test_the_zone_changes_once_a_day(self, client: APIClient) -> None:
        client.patch(ME, {"zone": "America/New_York"}, format="json")

        response = client.patch(ME, {"zone": "Asia/Tokyo", "display_name": "Kari"}, format="json")

        assert (response.status_code, response.json()["code"]) == (409, "zone-changed-today")
        assert not LearnerProfile.objects.filter(display_name="Kari").exists()

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"zone": "Oslo"}, "bad-zone"),
            ({"zone": "../etc/passwd"}, "bad-zone"),
            ({"age_band": "adult"}, "unknown-field"),
            ({"uuid": "x"}, "unknown-field"),
            ({"personalized": 1}, "invalid"),
            ({"personalized": "no"}, "invalid"),
            ({"language": "tlh"}, "invalid"),
            ({"display_name": 5}, "invalid"),
            ({"display_name": None}, "invalid"),
            ({"display_name": "Kari\u202e"}, "name-not-allowed"),
            ([], "invalid"),
        ],
    )
    def test_what_is_out_of_shape_changes_nothing(self, client: APIClient, body: Any, code: str) -> None:
        before = client.get(ME).json()

        response = client.patch(ME, body, format="json")

        assert (response.status_code, response.json()["code"]) == (400, code)
        assert client.get(ME).json() == before

    def test_who_leaves_is_a_stranger_when_they_come_back(self, client: APIClient, kari: LearnerProfile) -> None:
        left = client.delete(ME)

        back = client.get(ME).json()
        assert left.status_code == 204
        assert back["uuid"] != str(kari.uuid)


class TestNames:
    @pytest.mark.parametrize("name", ["Å", "Kari", "Áillohaš", "O'Hara", "Nguyễn", "أحمد", "李雷", "علی‌رضا", "7"])
    def test_real_names_are_taken(self, name: str) -> None:
        assert clean_name(name) == name

    def test_two_ways_to_write_a_letter_are_one_name(self) -> None:
        assert clean_name("A\u030ase") == clean_name("Åse") == "Åse"

    @pytest.mark.parametrize(
        "name", ["\u200b", "...", "Ka\u202eri", "Ka\x00ri", "e" + "\u0301" * 10, "x" * 51, "\ufeffKari", "Ka\ue000"]
    )
    def test_tricks_are_refused(self, name: str) -> None:
        with pytest.raises(NameNotAllowed):
            clean_name(name)

    def test_blanks_are_no_name(self) -> None:
        assert clean_name("  \n ") == ""
