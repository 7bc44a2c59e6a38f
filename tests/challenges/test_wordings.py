"""Every text × topic × language × number says something whole and true; `print_wordings` prints them for a human."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
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
NUMBERS = (0, 1, 2, 5, 12)
BANNED = re.compile(
    r"\[ML\]|svak|weak|veik|!|ikke mist|ikkje mist|don't lose|skuff|dårl|stupid|må nå|siste sjanse|last chance"
    r"|\d dager på rad på rad|veioppmerking|veitrafikk|brukeren",
    re.IGNORECASE,
)
# How a noun stands after 1 and after any other number, 0 included (Språkrådet; CLDR plural rules).
PLURALS = {
    "nb": {"spørsmål": ("spørsmål",) * 2, "dag": ("dag", "dager"), "minutt": ("minutt", "minutter")},
    "nn": {"spørsmål": ("spørsmål",) * 2, "dag": ("dag", "dagar"), "minutt": ("minutt",) * 2},
    "en": {"question": ("question", "questions"), "day": ("day", "days"), "minute": ("minute", "minutes")},
}
ADJECTIVES = {"nb": ("riktig", "riktige"), "nn": ("rett", "rette")}
FOREIGN = {  # forms of one written Norwegian that have no place in the other
    "nb": re.compile(r"\b(ikkje|eit|ein|kva|frå|dei|berre|sjølv|vel|tel|rette|spørsmåla|dagar|no|gongen?)\b"),
    "nn": re.compile(r"\b(ikke|et|en|hva|fra|de|bare|selv|velger?|teller|riktige?|spørsmålene|dager|nå|gangen?)\b"),
    "en": re.compile(r"[æøåÆØÅ]"),
}


def spoken(seed: WordingSeed, category: CategorySeed, language: str, n: int) -> str:
    forms = getattr(category, language)
    slots = {"kat": forms.bare, "kat_def": forms.definite, "n": n, "d": n, "r": max(n - 1, 1), "min": n, "pct": 80}
    title, text = getattr(seed, language)
    return f"{render(title, slots, language)} — {render(text, slots, language)}"


def _without_topic(text: str, category: CategorySeed, language: str) -> str:
    forms = getattr(category, language)
    return text.replace(forms.bare, "").replace(forms.definite, "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", WORDINGS, ids=lambda seed: f"{seed.kind}-{seed.origin}")
class TestTexts:
    def test_are_whole_for_every_topic_and_number(self, seed: WordingSeed, language: str) -> None:
        for category in CATEGORIES:
            for n in NUMBERS:
                text = spoken(seed, category, language, n)
                assert not BANNED.search(text)
                assert "{" not in text
                assert "  " not in text
                assert len(text) <= 200
                assert not FOREIGN[language].search(_without_topic(text, category, language))

    def test_agree_with_every_number(self, seed: WordingSeed, language: str) -> None:
        for n in NUMBERS:
            text = spoken(seed, CATEGORIES[0], language, n)
            for one, many in PLURALS[language].values():
                for number, word in re.findall(rf"\b(\d+) ({one}|{many})\b", text):
                    assert word == (one if number == "1" else many)
            for number, word in re.findall(r"\bminst (\d+) (riktige?|rette?)\b", text):
                assert word == ADJECTIVES[language][number != "1"]

    def test_begin_like_sentences_and_end_like_them(self, seed: WordingSeed, language: str) -> None:
        title, text = getattr(seed, language)

        assert title[0].isupper() or title[0] == "{"
        assert text[0].isupper() or text[0] == "{"
        assert text[-1] in ".?"
        assert title[-1] != "."
        assert not re.search(r"[.?] [a-zæøå]", text)
        assert len(title) <= 60

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
        text = " ".join(getattr(seed, language)).lower()
        asked = {
            "en stund siden": "not_lately",
            "mest å hente": "most_to_gain",
            "på tide": "due",
            "bleknet": "due",
            "i det siste": "n_at_least_10",
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
    @pytest.mark.parametrize("origin", ["ml", "fallback"])
    @pytest.mark.parametrize("kind", [seed.code for seed in TYPES])
    def test_four_pairs_for_each_type_and_origin(self, kind: str, origin: str) -> None:
        pairs = {(text.nb, text.nn, text.en) for text in WORDINGS if (text.kind, text.origin) == (kind, origin)}

        assert len(pairs) >= 4

    def test_four_pairs_for_the_first_quizzes(self) -> None:
        assert sum(text.origin == "onboarding" for text in WORDINGS) >= 4

    def test_no_text_twice_within_a_type(self) -> None:
        for language in LANGUAGES:
            for seed in TYPES:
                for origin in ("ml", "fallback", "onboarding"):
                    texts = [
                        getattr(text, language) for text in WORDINGS if (text.kind, text.origin) == (seed.code, origin)
                    ]
                    assert len(texts) == len(set(texts))

    def test_a_challenge_by_hand_finds_a_text_with_its_topic_and_without(self) -> None:
        for seed in TYPES:
            texts = [text for text in WORDINGS if (text.kind, text.origin) == (seed.code, "fallback")]
            named = {bool(slots_of(" ".join(text.nb)) & {"kat", "kat_def"}) for text in texts if not text.requires}
            assert named == {"streak": set(), "category_focus": {True}}.get(seed.code, {True, False})

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


@pytest.mark.django_db
class TestPrintWordings:
    @pytest.mark.parametrize(
        ("language", "line"),
        [
            ("nb", "quiz fallback 1: Øvingsrunde: tema traffic_signs — Svar på 5 spørsmål om tema traffic_signs."),
            (
                "nn",
                "streak fallback 1 (in_a_row): Øv 1 dag på rad — Du har sju dagar på deg. Éin kort runde om dagen tel.",
            ),
            ("en", "perfect_score fallback 1: Full marks — Get 1 question right in one round, without a mistake."),
        ],
    )
    def test_lists_what_is_said_in_a_language(self, language: str, line: str) -> None:
        a_site()
        out = StringIO()

        call_command("print_wordings", language=language, stdout=out)

        lines = out.getvalue().splitlines()
        assert line in lines
        assert len(lines) > len(WORDINGS)

    def test_lists_what_an_editor_wrote_and_fails_on_what_cannot_be_said(self) -> None:
        a_site()
        Wording.objects.filter(kind="quiz", origin="ml", variant=1).update(text_en="Now {then}.")

        with pytest.raises(CommandError, match="1 line"):
            call_command("print_wordings", language="en", stdout=StringIO())

    def test_shows_each_topic_on_request_and_refuses_an_unknown_one(self) -> None:
        a_site()
        out = StringIO()

        call_command("print_wordings", every_category=True, stdout=out)

        assert all(f"tema {code}" in out.getvalue() for code in ("traffic_signs", "parking_rules"))
        with pytest.raises(CommandError):
            call_command("print_wordings", category="nowhere", stdout=StringIO())
