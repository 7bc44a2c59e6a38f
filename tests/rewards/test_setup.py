from decimal import Decimal

import pytest
from django.utils import translation

from rewards.api import UnknownPrice, price_of
from rewards.models import Level, Price
from rewards.services.setup import setup
from tests.factories import NOON

pytestmark = pytest.mark.django_db


class TestSetup:
    def test_adds_prices_and_levels_once(self) -> None:
        assert setup(now=NOON) == {"prices": 14, "levels": 50}
        assert setup(now=NOON) == {"prices": 0, "levels": 0}

    def test_keeps_what_an_editor_changed(self) -> None:
        setup(now=NOON)
        Price.objects.filter(code="question_correct").update(base=Decimal("3.00"))
        Price.objects.filter(code="quiz_perfect").delete()
        Level.objects.filter(number__gt=10).delete()

        assert setup(now=NOON) == {"prices": 1, "levels": 0}
        assert Price.objects.get(code="question_correct").base == Decimal("3.00")
        assert Level.objects.count() == 10

    def test_names_prices_in_three_languages(self) -> None:
        setup(now=NOON)

        names = []
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                names.append(Price.objects.get(code="question_correct").name)

        assert names == ["Riktig svar", "Rett svar", "Right answer"]


class TestPriceOf:
    @pytest.mark.parametrize(
        ("code", "quantity", "xp"),
        [
            ("question_correct", 0, 2),
            ("quiz_complete", 10, 10),
            ("quiz_complete", 200, 50),
            ("quiz_perfect", 10, 15),
            ("daily_challenge", 0, 25),
            ("video_complete", 7, 14),
            ("video_complete", 60, 30),
            ("tournament_win", 0, 250),
            ("achievement_unlock", 0, 0),
        ],
    )
    def test_follows_the_price_list(self, code: str, quantity: int, xp: int) -> None:
        setup(now=NOON)

        assert price_of(code=code, quantity=quantity) == xp

    def test_refuses_a_deed_without_a_price(self) -> None:
        with pytest.raises(UnknownPrice):
            price_of(code="double_xp")
