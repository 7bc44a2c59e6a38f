"""Every text × language × number says something whole and true; ``-s`` prints them for a human to read."""

import re

import pytest
from django.utils import translation

from challenges.models import Challenge, ChallengeSettings, ChallengeType
from challenges.rules import CLAIMS, Claim
from challenges.seeds.types import TYPES
from challenges.seeds.wordings import WORDINGS, WordingSeed
from challenges.selectors.challenges import said
from challenges.selectors.rules import claims_of
from challenges.services.days import ensure_today
from challenges.services.generation import generate_for_day
from learners.models import Wording
from learners.seeds.categories import CATEGORIES, CategorySeed
from learners.wording import render, slots_of
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON

LANGUAGES = ("nb", "nn", "en")
SLOTS = {"kat", "kat_def", "n", "d", "r", "min", "pct"}
BANNED = re.compile(r"\[ML\]|svak|weak|!!|ikke mist|don't lose|\d dager på rad på rad", re.IGNORECASE)


def spoken(seed: WordingSeed, category: CategorySeed, language: str, n: int) -> str:
    forms = getattr(category, language)
    slots = {"kat": forms.bare, "kat_def": forms.definite, "n": n, "d": n, "r": max(n - 1, 1), "min": n, "pct": 80}
    title, text = getattr(seed, language)
    return f"{render(title, slots, language)} — {render(text, slots, language)}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", WORDINGS, ids=lambda seed: f"{seed.kind}-{seed.origin}")
class TestTexts:
    def test_are_whole_for_every_topic_and_number(self, seed: WordingSeed, language: str) -> None:
        for category in CATEGORIES:
            for n in (1, 2, 3, 12, 25):
                text = spoken(seed, category, language, n)
                print(text)  # noqa: T201
                assert not BANNED.search(text)
                assert "{" not in text
                assert "  " not in text
                assert len(text) <= 200

    def test_say_the_same_slots_in_every_language_and_none_that_nobody_fills(
        self, seed: WordingSeed, language: str
    ) -> None:
        slots = {slot for part in getattr(seed, language) for slot in slots_of(part)}
        spoken_of = {"kat" if slot == "kat_def" else slot for slot in slots}
        norwegian = {"kat" if slot == "kat_def" else slot for part in seed.nb for slot in slots_of(part)}

        assert slots <= SLOTS
        assert spoken_of == norwegian

    def test_claim_only_what_can_be_checked(self, seed: WordingSeed, language: str) -> None:
        title, text = getattr(seed, language)

        assert set(seed.requires) <= set(CLAIMS)
        assert not claims_of(title, text, list(seed.requires)) & Claim.UNKNOWN

    def test_that_promise_something_ask_for_it(self, seed: WordingSeed, language: str) -> None:
        text = " ".join(getattr(seed, language))
        asked = {
            "en stund siden": "not_lately",
            "mest å hente": "most_to_gain",
            "forklaring": "answers_explained",
            "kan du godt": "known_well",
            "ligger an til": "on_course",
            "igjen": "away",
            "på rad": "in_a_row",
            "{pct}": "n_at_least_10",
        }
        for phrase, claim in asked.items():
            if phrase in text:
                assert claim in seed.requires


class TestPlurals:
    @pytest.mark.parametrize(
        ("language", "one", "many"),
        [("nb", "1 dag på rad", "2 dager på rad"), ("nn", "1 dag på rad", "2 dagar på rad"), ("en", "1 day", "2 days")],
    )
    def test_agree_with_the_number(self, language: str, one: str, many: str) -> None:
        seed = next(seed for seed in WORDINGS if (seed.kind, seed.origin) == ("streak", "fallback"))

        assert one in spoken(seed, CATEGORIES[0], language, 1)
        assert many in spoken(seed, CATEGORIES[0], language, 2)

    def test_write_per_cent_with_a_no_break_space_in_norwegian(self) -> None:
        seed = next(seed for seed in WORDINGS if "{pct}" in seed.nb[1])

        assert "80\u00a0%" in spoken(seed, CATEGORIES[0], "nb", 5)
        assert "80%" in spoken(seed, CATEGORIES[0], "en", 5)


class TestCoverage:
    def test_three_pairs_for_each_type(self) -> None:
        for seed in TYPES:
            assert sum(text.kind == seed.code for text in WORDINGS) >= 3

    def test_each_type_has_a_text_without_claims_in_both_origins(self) -> None:
        for seed in TYPES:
            for origin in ("ml", "fallback"):
                texts = [text for text in WORDINGS if (text.kind, text.origin) == (seed.code, origin)]
                assert any(set(text.requires) <= {"in_a_row"} for text in texts)


@pytest.mark.django_db
class TestSaid:
    def test_every_challenge_of_a_mixed_crowd_has_words_in_three_languages(self) -> None:
        topics = a_site()
        for number in range(40):
            a_learner(answers=number * 12, topics=topics, thetas=(0.1 * number - 2, 1.5, 0.0, 3.0))
        generate_for_day(day=TODAY, now=NOON)
        rows = list(Challenge.objects.select_related("type", "category"))

        for language in LANGUAGES:
            with translation.override(language):
                words = said(rows)
            assert len(words) == len(rows) > 100
            assert all(word.title and word.text for word in words.values())

    def test_without_a_usable_text_it_goes_by_the_types_name(self) -> None:
        a_site()
        Wording.objects.update(is_active=False)
        learner = a_learner()

        ensure_today(learner=learner, now=NOON)

        (first, *_) = learner.challenges.select_related("type", "category")
        with translation.override("en"):
            assert said([first])[first.pk].title == "Practice round"

    def test_promises_explanations_only_where_the_site_gives_them(self) -> None:
        topics = a_site()
        ChallengeSettings.objects.update(randomized_fallback_share=0, answers_explained=False)
        ChallengeType.objects.exclude(code="category_focus").update(is_enabled=False)
        for _ in range(40):
            a_learner(answers=60, topics=topics)

        generate_for_day(day=TODAY, now=NOON)

        explained = [wording.pk for wording in Wording.objects.all() if "answers_explained" in wording.requires]
        assert not Challenge.objects.filter(wording__in=explained).exists()
