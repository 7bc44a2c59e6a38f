"""What administrators write reaches its learners first, is worded and paid, and stands where nothing can be chosen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from challenges.models import Challenge, ChallengeSettings, ChallengeType, ManualChallenge, Origin, Status
from challenges.reasons import codes
from challenges.selectors.challenges import said
from challenges.services.days import ensure_today, make_days
from challenges.services.generation import generate_for_day
from challenges.services.manual import say_as_written
from learners.models import Category, Cohort, Membership, Wording
from rewards.api import LedgerEntry
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.challenges.test_advancing import answers
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def written(kind: str = "quiz", **values: Any) -> ManualChallenge:
    """Return a manual challenge of five questions for 30 + 7 XP, for today and everyone unless said otherwise."""
    given: dict[str, Any] = {"requirement": 5, "xp": 30, "bonus": 7, "first_date": TODAY, "last_date": TODAY}
    manual = ManualChallenge(type=ChallengeType.objects.get(code=kind), **{**given, **values})
    manual.full_clean()
    manual.save()
    return say_as_written(manual=manual)


def by_hand(day: date = TODAY) -> list[tuple[int, int]]:
    """Return (learner, slot) of the day's challenges by hand."""
    rows = Challenge.objects.filter(source=Origin.MANUAL, local_date=day)
    return list(rows.order_by("learner_id", "slot").values_list("learner_id", "slot"))


class TestGeneration:
    def test_gives_it_the_first_slot_and_chooses_the_others(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics)
        written(category=topics[2])

        report = generate_for_day(day=TODAY, now=NOON)

        first, second, third = learner.challenges.order_by("slot")
        assert report.generated == 3
        assert (first.source, first.category, first.requirement) == (Origin.MANUAL, topics[2], 5)
        assert (first.xp, first.bonus, first.propensity, first.randomized) == (30, 7, 1.0, False)
        assert (codes(first.reasons), first.model_version) == (["by_hand"], "by-hand")
        assert Origin.MANUAL not in {second.source, third.source}

    def test_moves_the_choice_back_without_changing_it(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics)
        generate_for_day(day=TODAY, now=NOON)
        names = ("type", "category", "requirement", "xp", "source", "difficulty")
        alone = list(learner.challenges.order_by("slot").values_list(*names))
        Challenge.objects.all().delete()
        written()

        generate_for_day(day=TODAY, now=NOON)

        assert list(learner.challenges.filter(slot__gt=0).order_by("slot").values_list(*names)) == alone[:2]

    def test_fills_the_day_with_three_and_drops_a_fourth(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        for requirement in (3, 4, 5, 6):
            written(requirement=requirement)

        generate_for_day(day=TODAY, now=NOON)

        assert list(learner.challenges.order_by("slot").values_list("requirement", flat=True)) == [3, 4, 5]

    def test_gives_it_on_each_of_its_days_and_on_no_other(self) -> None:
        a_site()
        a_learner(answers=12)
        written(first_date=TODAY, last_date=TODAY + timedelta(days=1))

        for days in (-1, 0, 1, 2):
            generate_for_day(day=TODAY + timedelta(days=days), now=NOON)

        rows = Challenge.objects.filter(source=Origin.MANUAL).order_by("local_date")
        assert list(rows.values_list("local_date", flat=True)) == [TODAY, TODAY + timedelta(days=1)]

    def test_gives_it_to_its_learner_or_cohort_only(self) -> None:
        a_site()
        one, member, teacher, other = (a_learner(answers=12) for _ in range(4))
        cohort = Cohort.objects.create(code="evening", name="Evening class")
        Membership.objects.create(cohort=cohort, learner=member)
        Membership.objects.create(cohort=cohort, learner=teacher, role="teacher")
        written(learner=one)
        written(cohort=cohort)

        generate_for_day(day=TODAY, now=NOON)

        assert by_hand() == [(one.pk, 0), (member.pk, 0)]
        assert other.challenges.count() == 3

    def test_serves_one_learners_before_the_cohorts_before_everyones(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        cohort = Cohort.objects.create(code="evening", name="Evening class")
        Membership.objects.create(cohort=cohort, learner=learner)
        written(requirement=9)
        written(requirement=8, cohort=cohort)
        written(requirement=7, learner=learner)

        generate_for_day(day=TODAY, now=NOON)

        assert list(learner.challenges.order_by("slot").values_list("requirement", flat=True)) == [7, 8, 9]

    def test_leaves_out_one_that_is_off_or_whose_topic_is_off(self) -> None:
        topics = a_site()
        a_learner(answers=12)
        written(is_enabled=False)
        written(category=topics[0])
        Category.objects.filter(pk=topics[0].pk).update(is_enabled=False)

        generate_for_day(day=TODAY, now=NOON)

        assert by_hand() == []

    def test_never_gives_two_open_streaks(self) -> None:
        topics = a_site()
        learner = a_learner(answers=60, topics=topics)
        ChallengeSettings.objects.update(randomized_fallback_share=0)
        written("streak", requirement=3, last_date=TODAY + timedelta(days=3))

        for days in range(4):
            generate_for_day(day=TODAY + timedelta(days=days), now=NOON)

        streaks = learner.challenges.filter(type__code="streak")
        assert list(streaks.values_list("local_date", "slot")) == [(TODAY, 0)]

    def test_takes_a_statement_more_for_cohorts_however_many_learners(self) -> None:
        a_site()
        cohort = Cohort.objects.create(code="evening", name="Evening class")
        learners = [a_learner(answers=12) for _ in range(12)]
        Membership.objects.bulk_create(Membership(cohort=cohort, learner=learner) for learner in learners)
        for _ in range(5):
            written(cohort=cohort)

        with CaptureQueriesContext(connection) as one:
            make_days(learners_by_day={TODAY: [learners[0].pk]}, now=NOON)
        with CaptureQueriesContext(connection) as eleven:
            make_days(learners_by_day={TODAY: [learner.pk for learner in learners[1:]]}, now=NOON)

        assert len(one) == len(eleven)
        assert len(by_hand()) == 36


class TestWhereNothingCanBeChosen:
    def test_it_stands_while_every_type_is_off(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        written()
        ChallengeType.objects.update(is_enabled=False)

        report = generate_for_day(day=TODAY, now=NOON)

        assert (report.generated, by_hand()) == (1, [(learner.pk, 0)])

    def test_a_reserve_waits_for_that(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        written(is_reserve=True)
        generate_for_day(day=TODAY, now=NOON)
        in_good_times = by_hand()
        ChallengeType.objects.update(is_enabled=False)

        generate_for_day(day=TODAY + timedelta(days=1), now=NOON)
        written(is_reserve=True, first_date=TODAY + timedelta(days=2), last_date=TODAY + timedelta(days=2))
        generate_for_day(day=TODAY + timedelta(days=2), now=NOON)

        assert in_good_times == []
        assert by_hand(TODAY + timedelta(days=1)) == []
        assert by_hand(TODAY + timedelta(days=2)) == [(learner.pk, 0)]

    def test_a_reserve_comes_behind_what_stands_first(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        ChallengeType.objects.update(is_enabled=False)
        written(requirement=4, is_reserve=True)
        written(requirement=6)

        generate_for_day(day=TODAY, now=NOON)

        assert list(learner.challenges.order_by("slot").values_list("requirement", flat=True)) == [6, 4]

    def test_first_sight_shows_it_while_the_automation_is_off(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        written()
        ChallengeSettings.objects.update(automation_on=False)

        ensure_today(learner=learner, now=NOON)

        assert (by_hand(), learner.challenges.count()) == ([(learner.pk, 0)], 1)


class TestLife:
    def test_the_first_answer_of_the_day_finds_it_and_the_last_is_paid_once(self) -> None:
        topics = a_site()
        learner = a_learner()
        written(category=topics[0])

        answers(learner, 5)
        answers(learner, 5)

        challenge = learner.challenges.get(slot=0)
        assert (challenge.progress, challenge.status) == (5, Status.COMPLETED)
        assert [entry.amount for entry in LedgerEntry.objects.filter(source=f"challenge:{challenge.pk}")] == [37]

    def test_right_answers_are_asked_where_the_type_asks_for_them(self) -> None:
        topics = a_site()
        learner = a_learner(answers=12)
        written("accuracy_challenge", category=topics[0], requirement=10)
        written("accuracy_challenge", category=topics[0], requirement=10, target_correct=9)
        written("speed_challenge", requirement=8)

        generate_for_day(day=TODAY, now=NOON)

        usual, own, fast = learner.challenges.order_by("slot")
        assert (usual.target_correct, own.target_correct) == (6, 9)  # six tenths of ten
        assert (fast.target_correct, fast.minutes) == (7, 6)  # 8 × .8 = 6.4; 8 × 45 s


class TestWords:
    def test_are_the_administrators_in_the_readers_language(self) -> None:
        topics = a_site()
        learner = a_learner(answers=12)
        words = {
            "title_nb": "Klassens runde",
            "text_nb": "{n} spørsmål om {kat}.",
            "title_en": "The class's round",
            "text_en": "{n} {n|question|questions} about {kat}.",
        }
        written(category=topics[0], title="Klassens runde", text="{n} spørsmål om {kat}.", **words)
        generate_for_day(day=TODAY, now=NOON)
        challenge = learner.challenges.select_related("type", "category").get(slot=0)

        spoken = {}
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                spoken[language] = said([challenge])[challenge.pk]

        assert (spoken["nb"].title, spoken["nb"].text) == ("Klassens runde", "5 spørsmål om tema traffic_signs.")
        assert spoken["nn"] == spoken["nb"]
        assert spoken["en"].text == "5 questions about tema traffic_signs."

    def test_of_yesterday_stay_when_they_are_changed(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        manual = written(
            title="First", text="{n}", title_nb="Første", text_nb="{n}", last_date=TODAY + timedelta(days=1)
        )
        generate_for_day(day=TODAY, now=NOON)

        manual.title_nb = "Andre"  # type: ignore[attr-defined]
        manual.save()
        say_as_written(manual=manual)
        generate_for_day(day=TODAY + timedelta(days=1), now=NOON)

        with translation.override("nb"):
            rows = learner.challenges.select_related("type", "category").filter(slot=0).order_by("local_date")
            assert [said([row])[row.pk].title for row in rows] == ["Første", "Andre"]

    def test_unchanged_keep_their_wording(self) -> None:
        a_site()
        manual = written(title="First", text="{n}", title_nb="Første", text_nb="{n}")

        again = say_as_written(manual=manual)

        assert again.wording_id == manual.wording_id
        assert Wording.objects.filter(purpose="challenge-by-hand").count() == 1

    def test_without_any_it_is_worded_as_its_type(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        written()

        generate_for_day(day=TODAY, now=NOON)

        wording = Wording.objects.get(pk=learner.challenges.get(slot=0).wording_id)
        assert (wording.kind, wording.origin) == ("quiz", "fallback")

    def test_are_never_chosen_for_another_challenge(self) -> None:
        topics = a_site()
        written(
            title="Only here", text="{n}", first_date=TODAY - timedelta(days=9), last_date=TODAY - timedelta(days=9)
        )
        for _ in range(20):
            a_learner(answers=12, topics=topics)

        generate_for_day(day=TODAY, now=NOON)

        assert not Challenge.objects.filter(wording__purpose="challenge-by-hand").exists()


class TestAdmin:
    @pytest.mark.parametrize(
        ("wrong", "said_of"),
        [
            ({"last_date": TODAY - timedelta(days=1)}, "__all__"),
            ({"requirement": 0}, "requirement"),
            ({"xp": -1}, "xp"),
            ({"target_correct": 3}, "target_correct"),
            ({"title": "Alone"}, "__all__"),
            ({"title": "Whose?", "text": "{name}"}, "__all__"),
            ({"title": "Torn", "text": "{n"}, "__all__"),
            ({"title": "No topic", "text": "{kat}"}, "__all__"),
        ],
    )
    def test_refuses_what_cannot_be(self, wrong: dict[str, Any], said_of: str) -> None:
        a_site()

        with pytest.raises(ValidationError) as refusal:
            written(**wrong)

        assert said_of in refusal.value.message_dict

    def test_refuses_a_topic_challenge_without_a_topic_and_two_audiences(self) -> None:
        a_site()
        cohort = Cohort.objects.create(code="evening", name="Evening class")

        with pytest.raises(ValidationError):
            written("category_focus")
        with pytest.raises(ValidationError):
            written(cohort=cohort, learner=a_learner())

    def test_writes_one_that_the_next_generation_gives(self) -> None:
        a_site()
        learner = a_learner(answers=12)
        staff = Client()
        staff.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "a-long-password"))
        form = {
            "type": ChallengeType.objects.get(code="quiz").pk,
            "title_nb": "Felles runde",
            "text_nb": "Ta {n} spørsmål.",
            "requirement": 6,
            "xp": 20,
            "bonus": 0,
            "first_date": TODAY.isoformat(),
            "last_date": TODAY.isoformat(),
            "is_enabled": "on",
        }

        page = staff.post(reverse("admin:gamification_challenges_manualchallenge_add"), form)
        generate_for_day(day=TODAY, now=NOON)

        assert page.status_code == 302
        challenge = learner.challenges.select_related("type", "category").get(slot=0)
        with translation.override("nb"):
            assert said([challenge])[challenge.pk].text == "Ta 6 spørsmål."
