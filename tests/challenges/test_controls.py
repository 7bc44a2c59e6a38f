"""Each thing an administrator may change, and a generation in which it shows."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from challenges.models import Challenge, ChallengeSettings, ChallengeType, Origin
from challenges.reasons import codes
from challenges.services.days import ensure_today
from challenges.services.generation import generate_for_day
from challenges.services.setup import setup
from challenges.tasks import generate_daily
from learners.models import Category, Wording
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def generated(**settings: object) -> list[Challenge]:
    """Generate for ten learners with data under the given settings."""
    topics = list(Category.objects.order_by("position")) or a_site()
    ChallengeSettings.objects.update(**{"randomized_fallback_share": 0, **settings})
    for number in range(10):
        a_learner(answers=60, topics=topics, thetas=(0.2 * number - 1, 0.0, 0.5, -0.5))
    generate_for_day(day=TODAY, now=NOON)
    return list(Challenge.objects.select_related("type"))


def only(kind: str, **values: object) -> None:
    """Leave one type switched on, changed as an administrator would."""
    ChallengeType.objects.exclude(code=kind).update(is_enabled=False)
    ChallengeType.objects.filter(code=kind).update(**values)


class TestSettings:
    def test_challenges_a_day(self) -> None:
        assert len(generated(per_day=5)) == 50

    def test_bounds_of_the_difficulty(self) -> None:
        rows = generated(difficulty_min=0.4, difficulty_max=0.45)

        assert {0.4 <= row.difficulty <= 0.45 for row in rows if row.type.scales} == {True}

    def test_formula_and_multiplier_of_xp(self) -> None:
        rows = generated(xp_version="v2", xp_multiplier=Decimal("2.00"))

        for row in rows:
            exact = Decimal(row.type.base_xp) * 2 * (Decimal("0.7") + Decimal("0.6") * Decimal(str(row.difficulty)))
            assert row.xp == int(exact + Decimal("0.5"))

    def test_personal_choice_off(self) -> None:
        assert {row.source for row in generated(ml_on=False)} == {Origin.FALLBACK}

    def test_everyone_drawn_into_the_rules(self) -> None:
        rows = generated(randomized_fallback_share=1)

        assert {(row.source, row.randomized, row.propensity) for row in rows} == {(Origin.FALLBACK, False, 1.0)}

    def test_rules_off_leaves_a_short_first_quiz_to_who_has_no_data(self) -> None:
        topics = a_site()
        few = a_learner(answers=12, topics=topics)

        generated(fallback_on=False)

        assert set(few.challenges.values_list("source", "requirement")) == {(Origin.ONBOARDING, 3)}
        assert Challenge.objects.filter(source=Origin.ML).count() == 30

    def test_least_answers_for_the_personal_choice(self) -> None:
        assert {row.source for row in generated(min_answers=61)} == {Origin.FALLBACK}

    def test_inactivity_days(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(inactivity_days=1)
        learner = a_learner(answers=60, topics=topics)
        learner.state.last_at = NOON.replace(day=19)
        learner.state.save()

        assert generate_for_day(day=TODAY, now=NOON).learners == 0

    def test_automation_off_stops_the_nightly_task(self) -> None:
        topics = a_site()
        a_learner(answers=60, topics=topics)
        ChallengeSettings.objects.update(automation_on=False)

        generate_daily(day=TODAY.isoformat())

        assert not Challenge.objects.exists()

    def test_least_answers_in_a_topic_and_least_topics(self) -> None:
        # sixty answers over four topics are fifteen in each
        assert {row.source for row in generated(min_category_answers=16)} == {Origin.FALLBACK}
        Challenge.objects.all().delete()

        generate_for_day(day=TODAY, now=NOON)
        generated(min_category_answers=5, min_categories=4)

        assert Origin.ML in set(Challenge.objects.values_list("source", flat=True))

    def test_automation_off_shows_nothing_at_first_sight(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(automation_on=False)
        learner = a_learner(answers=60, topics=topics)

        ensure_today(learner=learner, now=NOON)

        assert not learner.challenges.exists()

    def test_explanations_allow_the_texts_that_promise_them(self) -> None:
        a_site()
        ChallengeType.objects.exclude(code="category_focus").update(is_enabled=False)
        promising = {row.pk for row in Wording.objects.all() if "answers_explained" in row.requires}

        Wording.objects.filter(kind="category_focus").exclude(pk__in=promising).update(is_active=False)

        said = {row.wording_id for row in generated(answers_explained=True)}

        assert said <= promising | {None}
        assert said & promising


class TestTypes:
    def test_base_xp_is_what_xp_follows(self) -> None:
        a_site()
        only("quiz", base_xp=200)

        rows = generated()

        assert rows
        assert all(row.xp == int(200 * Decimal(str(row.difficulty))) for row in rows)

    def test_a_weight_of_zero_is_not_drawn_where_another_fits(self) -> None:
        a_site()
        ChallengeType.objects.exclude(code__in=["quiz", "category_focus"]).update(is_enabled=False)
        ChallengeType.objects.filter(code="quiz").update(ml_weight=0)

        rows = [row for row in generated() if "in_band" in codes(row.reasons)]

        assert rows
        assert {row.type.code for row in rows} == {"category_focus"}

    def test_one_that_is_off_is_not_given(self) -> None:
        a_site()
        ChallengeType.objects.filter(code="category_focus").update(is_enabled=False)

        assert "category_focus" not in {row.type.code for row in generated()}

    def test_without_scaling_it_asks_and_pays_as_for_the_middle(self) -> None:
        a_site()
        only("quiz", scales=False)

        assert {(row.difficulty, row.xp, row.bonus) for row in generated()} == {(0.5, 25, 0)}

    @pytest.mark.parametrize("ml_on", [True, False])
    def test_streaks_alone_come_one_at_a_time_and_nothing_that_is_off_beside_them(self, ml_on: bool) -> None:
        a_site()
        only("streak")

        rows = generated(ml_on=ml_on)
        again = generate_for_day(day=TODAY + timedelta(days=1), now=NOON)

        assert [(row.type.code, row.slot) for row in rows] == [("streak", 0)] * 10
        assert (again.generated, again.errors) == (0, 0)

    def test_any_days_of_the_week_may_count(self) -> None:
        a_site()
        only("streak", days_in_a_row=False)

        rows = generated()

        assert {(row.type.code, row.in_a_row) for row in rows} == {("streak", False)}
        assert all("any_days" in Wording.objects.get(pk=row.wording_id).requires for row in rows)


class TestRows:
    def test_a_topic_switched_off_is_not_chosen(self) -> None:
        a_site()
        Category.objects.filter(code="road_markings").update(is_enabled=False)

        assert "road_markings" not in {row.category.code for row in generated() if row.category}

    def test_a_topics_share_of_the_exam_draws_the_choice(self) -> None:
        a_site()
        Category.objects.filter(code="parking_rules").update(exam_share=0.97)

        assert {row.category.code for row in generated() if row.slot == 0 and row.category} == {"parking_rules"}

    def test_a_topics_weight_multiplies_xp(self) -> None:
        a_site()
        Category.objects.update(weight=Decimal("1.30"))
        ChallengeType.objects.exclude(code="category_focus").update(is_enabled=False)

        for row in generated():
            assert row.xp == int(75 * Decimal(str(row.difficulty)) * Decimal("1.3"))

    def test_a_types_range_bounds_the_requirement(self) -> None:
        a_site()
        ChallengeType.objects.exclude(code="quiz").update(is_enabled=False)
        ChallengeType.objects.filter(code="quiz").update(requirement_min=6, requirement_max=7)

        assert {row.requirement for row in generated()} <= {6, 7}

    def test_a_text_laid_to_rest_is_not_said_again(self) -> None:
        a_site()
        rested = Wording.objects.filter(kind="quiz", origin="ml", variant=3)
        rested.update(is_active=False)

        assert rested.get().pk not in {row.wording_id for row in generated()}


class TestImpossibleValues:
    """What the pages refuse; the database refuses it too."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"difficulty_min": 0.8, "difficulty_max": 0.3},
            {"difficulty_max": 1.2},
            {"per_day": 0},
            {"per_day": 9},
            {"xp_multiplier": Decimal("0.00")},
            {"randomized_fallback_share": 1.5},
            {"min_answers": -1},
            {"min_category_answers": 0},
            {"min_categories": 0},
            {"inactivity_days": 0},
            {"retention_days": 7},
        ],
    )
    def test_of_the_settings(self, wrong: dict[str, object]) -> None:
        a_site()
        row = ChallengeSettings.objects.get()
        for name, value in wrong.items():
            setattr(row, name, value)

        with pytest.raises(ValidationError):
            row.full_clean()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"requirement_min": 9, "requirement_max": 8},
            {"requirement_min": 0},
            {"requirement_max": 101},
            {"base_xp": 0},
            {"ml_weight": -0.1},
            {"unit": "days"},
        ],
    )
    def test_of_a_type(self, wrong: dict[str, object]) -> None:
        a_site()
        row = ChallengeType.objects.get(code="quiz")
        for name, value in wrong.items():
            setattr(row, name, value)

        with pytest.raises(ValidationError):
            row.full_clean()

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nb", "Minste vanskelighet kan ikke være over den største."),
            ("nn", "Minste vanskegrad kan ikkje vere over den største."),
            ("en", "The least difficulty must not be above the greatest."),
        ],
    )
    def test_are_refused_in_the_administrators_language(self, language: str, said: str) -> None:
        row = ChallengeSettings(difficulty_min=0.8, difficulty_max=0.3)

        with translation.override(language), pytest.raises(ValidationError) as refusal:
            row.full_clean()

        assert said in refusal.value.messages


class TestPages:
    def test_every_control_has_a_field_on_a_page(self) -> None:
        staff = Client()
        staff.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "a-long-password"))
        a_site()
        pages: dict[Any, tuple[str, ...]] = {
            ChallengeSettings: CONTROLS_OF_SETTINGS,
            ChallengeType: CONTROLS_OF_TYPES,
            Category: ("weight", "exam_share", "is_enabled"),
        }

        for model, controls in pages.items():
            row = model.objects.first()
            assert row
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
            html = staff.get(url).content.decode()
            assert [name for name in controls if f'name="{name}"' not in html] == []


CONTROLS_OF_TYPES = (
    "base_xp",
    "ml_weight",
    "requirement_min",
    "requirement_max",
    "unit",
    "scales",
    "days_in_a_row",
    "is_enabled",
)
CONTROLS_OF_SETTINGS = (
    "per_day",
    "difficulty_min",
    "difficulty_max",
    "xp_version",
    "xp_multiplier",
    "automation_on",
    "ml_on",
    "fallback_on",
    "randomized_fallback_share",
    "min_answers",
    "min_category_answers",
    "min_categories",
    "inactivity_days",
    "retention_days",
    "answers_explained",
)


class TestSetup:
    def test_keeps_what_an_editor_changed(self) -> None:
        setup(now=NOON)
        ChallengeType.objects.filter(code="quiz").update(base_xp=61)

        again = setup(now=NOON)

        assert set(again.values()) == {0}
        assert ChallengeType.objects.get(code="quiz").base_xp == 61
