import json
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from learners.models import Category
from learners.seeds.categories import CATEGORIES
from learners.services.setup import setup

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class TestSeeds:
    @pytest.mark.parametrize("seed", CATEGORIES, ids=lambda seed: seed.code)
    def test_begin_a_label_with_one_capital_letter(self, seed: object) -> None:
        for forms in (seed.nb, seed.nn, seed.en):  # type: ignore[attr-defined]
            assert forms.label[0].isupper()
            assert forms.label[1:] == forms.bare[1:]

    def test_have_a_weight_or_a_parent_that_has_one(self) -> None:
        weights = {seed.code: seed.weight for seed in CATEGORIES}

        assert all(seed.weight or weights[seed.parent or ""] for seed in CATEGORIES)


@pytest.mark.django_db
class TestSetup:
    def test_adds_the_topics_once(self) -> None:
        first = setup(now=NOON)
        again = setup(now=NOON)

        assert first == {"categories": 18}
        assert again == {"categories": 0}

    def test_gives_a_part_its_parents_weight(self) -> None:
        setup(now=NOON)

        speed = Category.objects.get(code="speed")
        assert speed.parent is not None
        assert (speed.parent.code, speed.weight) == ("traffic_rules", Decimal("0.80"))

    def test_writes_every_language(self) -> None:
        setup(now=NOON)

        signs = Category.objects.get(code="traffic_signs")
        assert (signs.definite_nb, signs.definite_nn) == ("trafikkskiltene", "trafikkskilta")  # type: ignore[attr-defined]
        assert signs.label_en == "Traffic signs"  # type: ignore[attr-defined]

    def test_keeps_what_an_editor_changed(self) -> None:
        setup(now=NOON)
        Category.objects.filter(code="speed").update(**{"label_nb": "Fart", "weight": Decimal("2.00")})

        setup(now=NOON)

        speed = Category.objects.get(code="speed")
        assert (speed.label_nb, speed.weight) == ("Fart", Decimal("2.00"))  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestSetupGamification:
    def test_reports_every_installed_app(self) -> None:
        output = StringIO()

        call_command("setup_gamification", "--json", stdout=output)

        assert json.loads(output.getvalue())["learners"] == {"categories": 18}

    def test_speaks_plainly(self) -> None:
        output = StringIO()

        call_command("setup_gamification", stdout=output)

        assert "learners: 18 new categories" in output.getvalue().splitlines()
