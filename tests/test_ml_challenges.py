"""Daily challenges under the specification's names."""

import json
from dataclasses import asdict
from io import StringIO

import pytest
from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command

from challenges.engine import (
    CategoryRegistry,
    ChallengeTypeRegistry,
    DifficultyScaler,
    MLChallengeService,
    ml_challenge_service,
)
from challenges.models import Challenge, ChallengeSettings
from learners.common import clock
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON

KEYS = {"generated", "ml_generated", "fallback_generated", "errors", "target_date"}


class TestMLChallengeService:
    """What each of the specification's classes answers."""

    @pytest.mark.parametrize(
        ("skill", "confidence", "questions", "weak", "wanted"),
        [
            (0.9, 0.9, 100, [], "perfect_score"),
            (0.9, 0.9, 100, ["traffic_signs"], "category_focus"),
            (0.3, 0.3, 5, [], "quiz"),
            (0.5, 0.4, 30, [], "accuracy_challenge"),
            (0.6, 0.6, 30, [], "quiz"),
        ],
    )
    def test_selects_the_type_of_the_table(
        self, skill: float, confidence: float, questions: int, weak: list[str], wanted: str
    ) -> None:
        assessment = {
            "overall_skill_level": skill,
            "confidence_level": confidence,
            "total_practice_questions": questions,
        }

        assert ChallengeTypeRegistry.select_optimal_type(assessment, weak) == wanted

    def test_offers_a_new_user_practice_only(self) -> None:
        assert ChallengeTypeRegistry.get_suitable_types_for_user(0.5, 0.5, 0) == ["quiz", "category_focus"]

    @pytest.mark.parametrize(
        ("kind", "base", "wanted"),
        [
            ("quiz", 9, [6, 9, 12]),
            ("perfect_score", 3, [2, 3, 4]),
            ("category_focus", 12, [8, 12, 16]),
            ("streak", 4, [2, 4, 5]),
            ("speed_challenge", 7, [5, 7, 9]),
            ("accuracy_challenge", 17, [11, 17, 23]),
        ],
    )
    def test_scales_requirements_within_the_range(self, kind: str, base: int, wanted: list[int]) -> None:
        assert [DifficultyScaler.scale_requirement(base, level, kind) for level in (0.2, 0.5, 0.8)] == wanted
        assert DifficultyScaler.scale_requirement(1_000, 0.8, kind) == DifficultyScaler.scale_requirement(
            2_000, 0.5, kind
        )

    @pytest.mark.parametrize(
        ("base", "wanted"),
        [(50, [40, 50, 65]), (100, [80, 100, 130]), (75, [60, 75, 97]), (40, [32, 40, 52]), (70, [56, 70, 91])],
    )
    def test_scales_xp_by_band(self, base: int, wanted: list[int]) -> None:
        assert [DifficultyScaler.scale_xp_reward(base, level) for level in (0.2, 0.5, 0.8)] == wanted

    def test_weighs_the_topic_and_never_gives_less_than_ten(self) -> None:
        assert DifficultyScaler.scale_xp_reward(50, 0.5, "dangerous_situations") == 65
        assert DifficultyScaler.scale_xp_reward(10, 0.2, "environment_driving") == 10

    def test_gives_a_bonus_above_the_middle_only(self) -> None:
        assert DifficultyScaler.calculate_bonus_xp(75, 0.4, "category_focus") == 0
        assert DifficultyScaler.calculate_bonus_xp(75, 0.7, "category_focus") == 9
        assert DifficultyScaler.calculate_bonus_xp(100, 0.9, "perfect_score") == 36

    @pytest.mark.django_db
    def test_names_topics_and_echoes_unknown_ones(self) -> None:
        a_site()

        assert async_to_sync(CategoryRegistry.get_category_name)("traffic_signs") == "Traffic_signs"
        assert async_to_sync(CategoryRegistry.get_category_name)("nothing") == "nothing"
        assert async_to_sync(CategoryRegistry.get_category_description)("nothing") == ""
        assert async_to_sync(CategoryRegistry.get_difficulty_weight)("nothing") == 1.0

    @pytest.mark.django_db
    def test_gives_one_challenge_a_day(self) -> None:
        a_site()
        learner = a_learner()

        first = async_to_sync(ml_challenge_service.generate_personalized_challenge)(str(learner.uuid))
        again = async_to_sync(ml_challenge_service.generate_personalized_challenge)(str(learner.uuid))

        assert first is not None
        assert (first.challenge_type, first.requirement_value) == ("quiz", 3)
        assert first.title
        assert json.dumps(asdict(first))
        assert again is None

    @pytest.mark.django_db
    def test_says_whether_the_personal_choice_is_on(self) -> None:
        a_site()

        assert async_to_sync(MLChallengeService().is_ml_enabled)() is True
        ChallengeSettings.objects.update(ml_on=False)
        assert async_to_sync(MLChallengeService().is_ml_enabled)() is False


@pytest.mark.django_db
class TestIntegration:
    """From learners with a history to their day."""

    def test_reports_numbers_that_add_up(self) -> None:
        topics = a_site()
        for answers in (40, 60, 3):
            a_learner(answers=answers, topics=topics)

        results = async_to_sync(MLChallengeService().generate_daily_challenges_for_all_users)(TODAY)
        again = async_to_sync(MLChallengeService().generate_daily_challenges_for_all_users)(TODAY)

        assert results.keys() >= KEYS
        assert results["generated"] == results["ml_generated"] + results["fallback_generated"] == 9
        assert (again["generated"], again["kept"], again["errors"]) == (0, 9, 0)

    def test_falls_back_when_the_personal_choice_is_off(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(ml_on=False)
        a_learner(answers=60, topics=topics)

        results = async_to_sync(MLChallengeService().generate_daily_challenges_for_all_users)(TODAY)

        assert (results["ml_generated"], results["fallback_generated"]) == (0, 3)

    def test_command_prints_the_report_as_json(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics)
        learner.state.last_at = clock.now()
        learner.state.save()
        out = StringIO()

        call_command("generate_daily_challenges", "--json", stdout=out)

        report = json.loads(out.getvalue())
        assert set(report) == KEYS | {"learners", "kept", "seconds", "statements"}
        assert report["generated"] == Challenge.objects.count() == 3

    def test_command_refuses_what_it_does_not_know(self) -> None:
        with pytest.raises(CommandError):
            call_command("generate_daily_challenges", "--no-such-flag")
        with pytest.raises(CommandError, match="not a date"):
            call_command("generate_daily_challenges", "--date", "yesterday")

    def test_takes_few_statements_for_many_users(self) -> None:
        topics = a_site()
        for _ in range(50):
            a_learner(answers=60, topics=topics)

        results = async_to_sync(MLChallengeService().generate_daily_challenges_for_all_users)(NOON.date())

        assert results["learners"] == 50
        assert results["statements"] <= 30
