"""The learner's pages, read as a browser without scripts reads them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from gamification_site.practice import pages, selectors, services
from gamification_site.practice.models import PracticeAnswer, PracticeRound
from learners.common import clock
from learners.models import Activity, LearnerDay, LearnerProfile
from learners.services.batches import NewActivity
from learners.services.recording import record_activities
from rewards.models import Balance
from tests.house.test_pages import loaded_from_elsewhere
from tests.learners.rest import learner_with_user, set_up

pytestmark = pytest.mark.django_db

STYLE = Path(pages.__file__).parent / "static" / "practice" / "practice.css"
PAGES = ("/today/", "/practise/", "/mock-test/", "/history/")


@pytest.fixture
def learner() -> LearnerProfile:
    set_up()
    return learner_with_user()


@pytest.fixture
def browser(learner: LearnerProfile) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert learner.user is not None
    client.force_login(learner.user)
    return client


def opened(learner: LearnerProfile, kind: str = "practice") -> PracticeRound:
    length = 5 if kind == "practice" else None
    return services.open_round(learner=learner, kind=kind, length=length, now=clock.now())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"\s+value="([^"]+)"', page)
    assert found is not None
    return found[1]


class TestFrontDoor:
    def test_leads_visitors_to_an_introduction_and_the_log_in(self, client: Client) -> None:
        response = client.get("/", follow=True, headers={"accept-language": "en"})

        assert response.redirect_chain == [("/login/", 302)]
        assert "simulated" in response.text
        assert 'name="password"' in response.text

    def test_leads_learners_to_today(self, browser: Client) -> None:
        assert browser.get("/").headers["Location"] == "/today/"

    @pytest.mark.parametrize("address", PAGES)
    def test_is_the_only_page_for_visitors(self, client: Client, address: str) -> None:
        assert client.get(address).headers["Location"] == f"/login/?next={address}"

    def test_speaks_the_language_of_the_profile_after_log_in(self, client: Client, learner: LearnerProfile) -> None:
        LearnerProfile.objects.filter(pk=learner.pk).update(language="nn")
        assert learner.user is not None

        response = client.post(
            "/login/",
            {"username": learner.user.get_username(), "password": "a-long-password"},
            follow=True,
            headers={"accept-language": "en"},
        )

        assert '<html lang="nn">' in response.text


class TestToday:
    def test_shows_each_challenge_with_progress_reward_and_reasons(self, browser: Client) -> None:
        challenges = browser.get("/api/v1/challenges/").json()

        page = browser.get("/today/").text

        assert len(challenges) == 3
        for challenge in challenges:
            assert challenge["title"] in page
            assert f"{challenge['progress']} of {challenge['goal']}" in page
            assert f"{challenge['xp'] + challenge['bonus']} XP" in page
            assert challenge["reasons"]
            for reason in challenge["reasons"]:
                assert reason["text"] in page

    def test_opens_the_practice_that_moves_a_challenge(self, browser: Client) -> None:
        page = browser.get("/today/").text

        category, length = hidden(page, "category"), hidden(page, "length")
        browser.post("/practise/", {"category": category, "length": length})

        assert PracticeRound.objects.get().category == category

    def test_offers_to_go_on_with_what_is_not_finished(self, browser: Client, learner: LearnerProfile) -> None:
        begun, untouched = opened(learner), opened(learner)
        services.submit(practice=begun, position=0, option=0, now=clock.now())

        page = browser.get("/today/").text

        assert f"/rounds/{begun.uuid}/" in page
        assert f"/rounds/{untouched.uuid}/" not in page


class TestPractising:
    def test_goes_from_question_to_feedback_to_result(self, browser: Client, learner: LearnerProfile) -> None:
        asked = browser.post("/practise/", {"category": "priority_rules", "length": 5}, follow=True)
        practice = PracticeRound.objects.get()
        for position in range(5):
            question = selectors.question_at(practice, position)
            assert f"Question {position + 1} of 5" in asked.text
            feedback = browser.post(
                f"/rounds/{practice.uuid}/answer/",
                {"position": position, "option": question.correct, "shown": hidden(asked.text, "shown")},
                follow=True,
            )
            assert feedback.redirect_chain == [(f"/rounds/{practice.uuid}/answers/{position}/", 302)]
            assert feedback.context["graded"].correct
            assert feedback.context["graded"].xp > 0
            asked = browser.get(f"/rounds/{practice.uuid}/", follow=True)

        assert asked.redirect_chain == [(f"/rounds/{practice.uuid}/result/", 302)]
        assert "5 of 5 right" in asked.text
        seconds = Activity.objects.filter(learner=learner, kind="answer").values_list("seconds", flat=True)
        assert all(each is not None and 0 <= each < 60 for each in seconds)

    def test_shows_the_same_feedback_when_the_page_is_loaded_again(
        self, browser: Client, learner: LearnerProfile
    ) -> None:
        practice = opened(learner)
        browser.post(f"/rounds/{practice.uuid}/answer/", {"position": 0, "option": 0})

        first, again = (browser.get(f"/rounds/{practice.uuid}/answers/0/") for _ in range(2))

        assert again.context["graded"] == first.context["graded"]
        assert PracticeAnswer.objects.count() == 1

    def test_keeps_the_first_answer_after_the_back_button(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner)
        address = f"/rounds/{practice.uuid}/answer/"
        browser.post(address, {"position": 0, "option": 0})

        response = browser.post(address, {"position": 0, "option": 1}, follow=True)

        assert "answered already" in response.text
        assert response.context["graded"].option == 0

    def test_asks_again_where_no_option_was_chosen(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner)

        response = browser.post(f"/rounds/{practice.uuid}/answer/", {"position": 0}, follow=True)

        assert "Choose one of the four options." in response.text
        assert not PracticeAnswer.objects.exists()

    def test_shows_no_feedback_before_the_answer(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner)

        response = browser.get(f"/rounds/{practice.uuid}/answers/0/")

        assert response.headers["Location"] == f"/rounds/{practice.uuid}/"

    @pytest.mark.parametrize("body", [{"length": 7}, {"length": 5, "category": "tunnels"}, {}])
    def test_refuses_a_round_that_is_none(self, browser: Client, body: dict[str, object]) -> None:
        response = browser.post("/practise/", body)

        assert response.status_code == 400
        assert not PracticeRound.objects.exists()

    @pytest.mark.parametrize("page", ["", "result/", "answers/0/"])
    def test_hides_the_rounds_of_others(self, browser: Client, page: str) -> None:
        practice = opened(learner_with_user())

        assert browser.get(f"/rounds/{practice.uuid}/{page}").status_code == 404

    def test_takes_no_answers_for_others(self, browser: Client) -> None:
        practice = opened(learner_with_user())

        answer = browser.post(f"/rounds/{practice.uuid}/answer/", {"position": 0, "option": 0})
        close = browser.post(f"/rounds/{practice.uuid}/close/")

        assert (answer.status_code, close.status_code) == (404, 404)

    def test_says_that_a_withdrawn_question_ends_the_round(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner)
        PracticeRound.objects.filter(pk=practice.pk).update(questions=["withdrawn-01"])

        response = browser.get(f"/rounds/{practice.uuid}/", follow=True)

        assert response.redirect_chain == [(f"/rounds/{practice.uuid}/result/", 302)]
        assert "no longer asked" in response.text


class TestMockTest:
    def test_tells_nothing_about_answers_until_it_is_over(self, browser: Client) -> None:
        asked = browser.post("/mock-test/", follow=True)
        practice = PracticeRound.objects.get()

        after = browser.post(f"/rounds/{practice.uuid}/answer/", {"position": 0, "option": 0}, follow=True)
        feedback = browser.get(f"/rounds/{practice.uuid}/answers/0/")

        assert "minutes left" in asked.text
        assert "Question 2 of 45" in after.text
        assert feedback.headers["Location"] == f"/rounds/{practice.uuid}/"
        result = browser.post(f"/rounds/{practice.uuid}/close/", follow=True)
        assert "Not passed this time" in result.text
        assert selectors.question_at(practice, 0).explanation in result.text

    def test_ends_by_itself_at_its_deadline(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner, kind="mock_test")
        PracticeRound.objects.filter(pk=practice.pk).update(deadline_at=clock.now() - timedelta(seconds=1))

        response = browser.post(f"/rounds/{practice.uuid}/answer/", {"position": 0, "option": 0}, follow=True)

        assert response.redirect_chain[-1] == (f"/rounds/{practice.uuid}/result/", 302)
        practice.refresh_from_db()
        assert practice.closed_at is not None

    def test_is_listed_with_its_result(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner, kind="mock_test")
        services.close(practice=practice, now=clock.now())

        page = browser.get("/mock-test/").text

        assert f"/rounds/{practice.uuid}/result/" in page
        assert "0 of 45 right" in page


class TestHistory:
    def test_counts_each_day(self, browser: Client, learner: LearnerProfile) -> None:
        practice = opened(learner)
        option = selectors.question_at(practice, 0).correct
        services.submit(practice=practice, position=0, option=option, now=clock.now())

        (day,) = browser.get("/history/").context["days"]

        assert (day.answers, day.correct, day.simulated) == (1, 1, False)
        assert day.xp == Balance.objects.get(learner=learner, currency="xp").amount

    def test_marks_the_days_that_were_made_up(self, browser: Client, learner: LearnerProfile) -> None:
        source = services.practice_source()
        made_up = NewActivity(client_id="demo-01-01-00", learner=str(learner.uuid), category="speed", correct=True)
        then = clock.now() - timedelta(days=2)
        record_activities(activities=[made_up], source=source, now=then, historical=True)
        services.submit(practice=opened(learner), position=0, option=0, now=clock.now())

        response = browser.get("/history/")

        assert [day.simulated for day in response.context["days"]] == [False, True]
        assert "were made up" in response.text

    def test_takes_as_many_statements_for_many_days(self, browser: Client, learner: LearnerProfile) -> None:
        services.submit(practice=opened(learner), position=0, option=0, now=clock.now())

        def statements() -> int:
            with CaptureQueriesContext(connection) as queries:
                browser.get("/history/")
            return len(queries)

        few = statements()
        days = [clock.now().date() - timedelta(days=ago) for ago in range(2, 20)]
        LearnerDay.objects.bulk_create(LearnerDay(learner=learner, local_date=day, activities=1) for day in days)

        assert statements() == few


class TestEveryPage:
    @pytest.mark.parametrize("address", PAGES)
    def test_loads_nothing_from_elsewhere_and_no_scripts(self, browser: Client, address: str) -> None:
        page = browser.get(address).text

        assert loaded_from_elsewhere(page) == []
        assert "<script" not in page

    @pytest.mark.parametrize("address", PAGES)
    def test_has_one_heading_a_way_past_the_menu_and_its_place_in_it(self, browser: Client, address: str) -> None:
        page = browser.get(address).text

        assert page.count("<h1") == 1
        assert 'href="#content"' in page
        assert page.count('aria-current="page"') == 1

    @pytest.mark.parametrize(("language", "word"), [("nb", "I dag"), ("nn", "Utfordringane i dag"), ("en", "Today")])
    def test_speaks_the_language_that_was_switched_to(self, browser: Client, language: str, word: str) -> None:
        response = browser.post("/i18n/setlang/", {"language": language, "next": "/today/"}, follow=True)

        assert f'<html lang="{language}">' in response.text
        assert word in response.text

    def test_marks_the_questions_as_bokmal_in_every_language(self, browser: Client, learner: LearnerProfile) -> None:
        with translation.override("en"):
            page = browser.get(f"/rounds/{opened(learner).uuid}/").text

        assert '<h1 lang="nb">' in page
        assert page.count('class="option" lang="nb"') == 4
        assert "The questions are in Bokmål." in page


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2 of #rgb or #rrggbb."""
    digits = color.lstrip("#")
    wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    shares = [int(wide[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.unit
class TestColors:
    def test_the_arithmetic_knows_black_on_white(self) -> None:
        assert contrast("#000", "#ffffff") == pytest.approx(21)

    @pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
    def test_texts_stand_out_by_wcag_aa(self, mode: int) -> None:
        blocks = re.findall(r":root \{([^}]*)\}", STYLE.read_text("utf-8"))
        colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", blocks[mode]))

        found = {
            (text, ground): contrast(colors[text], colors[ground])
            for text in ("text", "muted", "accent", "good")
            for ground in ("ground", "sheet", "tint")
        }
        found["on-accent", "accent"] = contrast(colors["on-accent"], colors["accent"])

        assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}
