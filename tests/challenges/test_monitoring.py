"""What staff see of generations in the admin, and what they may start there."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from challenges.models import Challenge, ChallengeSettings, GenerationChunk, GenerationRun
from challenges.services.generation import generate_for_day
from learners.common import clock
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db

MONITOR = "admin:gamification_challenges_generationrun_monitor"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def browser_of(*permissions: str) -> Client:
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def staff() -> Client:
    return browser_of("view_generationrun", "view_generationchunk", "add_generationrun", "view_challenge")


class TestPages:
    def test_runs_and_chunks_are_listed(self, staff: Client) -> None:
        a_learner(answers=60, topics=a_site())
        generate_for_day(day=TODAY, now=NOON)

        for name in ("generationrun", "generationchunk"):
            page = staff.get(reverse(f"admin:gamification_challenges_{name}_changelist"))
            assert page.status_code == 200
            assert "1 generation" in page.content.decode()

    def test_the_monitor_shows_condition_comparison_and_errors(self, staff: Client) -> None:
        a_learner(answers=60, topics=a_site())
        generate_for_day(day=TODAY, now=NOON)
        GenerationChunk.objects.update(errors=1, error="#7 ValueError: broken")

        page = staff.get(reverse(MONITOR)).content.decode()

        assert "A generation can run." in page
        assert "There is too little data yet." in page
        assert "#7 ValueError: broken" in page

    def test_the_monitor_says_what_keeps_a_generation_from_running(self, staff: Client) -> None:
        assert "There are no settings" in staff.get(reverse(MONITOR)).content.decode()


class TestGenerateNow:
    def test_makes_the_day_while_the_automation_is_off(self, staff: Client) -> None:
        a_learner(answers=60, topics=a_site())
        ChallengeSettings.objects.update(automation_on=False)

        answer = staff.post(reverse(f"{MONITOR}_generate"), {"day": ""}, follow=True)

        assert "3 challenges for 1 learners." in answer.content.decode()
        assert Challenge.objects.filter(local_date=TODAY).count() == 3

    def test_refuses_what_is_no_date(self, staff: Client) -> None:
        answer = staff.post(reverse(f"{MONITOR}_generate"), {"day": "someday"}, follow=True)

        assert "This is not a date." in answer.content.decode()
        assert not GenerationRun.objects.exists()

    def test_needs_the_permission_and_a_post(self, staff: Client) -> None:
        reader = browser_of("view_generationrun")

        assert reader.post(reverse(f"{MONITOR}_generate")).status_code == 403
        assert staff.get(reverse(f"{MONITOR}_generate")).status_code == 405
        assert "Generate now" not in reader.get(reverse(MONITOR)).content.decode()


class TestTryForThisLearner:
    def test_shows_analysis_choice_reasons_and_both_formulas_and_writes_nothing(self, staff: Client) -> None:
        learner = a_learner(answers=80, topics=a_site(), thetas=(1.0, 1.0, -1.5, 1.0))
        ChallengeSettings.objects.update(randomized_fallback_share=0)

        page = staff.get(reverse(f"{MONITOR}_try"), {"learner": str(learner.uuid)}).content.decode()

        assert "Answers: 80" in page
        assert "This topic can lift your exam result the most right now." in page
        assert "XP v1:" in page
        assert "XP v2:" in page
        assert not Challenge.objects.exists()
        assert not GenerationRun.objects.exists()

    def test_knows_nobody_by_a_wrong_name(self, staff: Client) -> None:
        answer = staff.get(reverse(f"{MONITOR}_try"), {"learner": "nobody"}, follow=True)

        assert "There is no such learner." in answer.content.decode()

    def test_needs_the_permission(self) -> None:
        reader = browser_of("view_generationrun")

        assert reader.get(reverse(f"{MONITOR}_try"), {"learner": "1"}).status_code == 403
