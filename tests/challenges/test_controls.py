"""Each thing an administrator may change, and a generation in which it shows."""

from decimal import Decimal

import pytest

from challenges.models import Challenge, ChallengeSettings, ChallengeType, Origin
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


class TestSetup:
    def test_keeps_what_an_editor_changed(self) -> None:
        setup(now=NOON)
        ChallengeType.objects.filter(code="quiz").update(base_xp=61)

        again = setup(now=NOON)

        assert set(again.values()) == {0}
        assert ChallengeType.objects.get(code="quiz").base_xp == 61
