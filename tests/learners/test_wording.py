import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.common.languages import localized_all
from learners.models import Wording
from learners.selectors.wordings import active_wordings, wordings_for
from learners.services.wordings import SlotsDiffer, replace_wording
from learners.wording import WordingError, number, render, slots_of

LANGUAGES = st.sampled_from(["nb", "nn", "en"])
NUMBERS = st.one_of(
    st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.decimals(-(10**9), 10**9, places=3)
)
WORDS = st.text(st.characters(exclude_characters="{}|"), max_size=12)


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "norwegian", "english"),
        [
            (0, "0", "0"),
            (9999, "9999", "9999"),
            (10_000, "10\u00a0000", "10,000"),
            (12_345.6, "12\u00a0345,6", "12,345.6"),
            (1_234_567.891, "1\u00a0234\u00a0567,89", "1,234,567.89"),
            (9999.999, "10\u00a0000", "10,000"),
            (Decimal("2.50"), "2,5", "2.5"),
            (1.0, "1", "1"),
            (-3, "\u22123", "-3"),
            (-0.001, "0", "0"),
        ],
    )
    def test_is_written_as_the_language_does(self, value: float, norwegian: str, english: str) -> None:
        assert number(value, "nb") == number(value, "nn") == norwegian
        assert number(value, "en") == english

    @given(NUMBERS)
    def test_has_the_same_digits_in_every_language(self, value: float) -> None:
        digits = [re.sub(r"\D", "", number(value, language)) for language in ("nb", "nn", "en")]

        assert digits[0] == digits[1] == digits[2]

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), True])
    def test_refuses_what_is_no_number(self, value: float) -> None:
        with pytest.raises(WordingError, match="not a number"):
            number(value, "nb")


class TestRender:
    @pytest.mark.parametrize(("n", "said"), [(0, "0 dager"), (1, "1 dag"), (2, "2 dager"), (1.5, "1,5 dager")])
    def test_chooses_the_form_by_the_number(self, n: float, said: str) -> None:
        assert render("{n} {n|dag|dager}", {"n": n}, "nb") == said

    def test_writes_per_cent_as_the_language_does(self) -> None:
        assert render("Du har {pct} % rett.", {"pct": 85}, "nn") == "Du har 85\u00a0% rett."
        assert render("You have {pct} % right.", {"pct": 85}, "en") == "You have 85% right."

    def test_knows_the_languages_of_a_host(self) -> None:
        assert render("{n}", {"n": 0.5}, "no") == "0,5"
        assert render("{n}", {"n": 0.5}, "en-us") == "0.5"
        assert render("{n}", {"n": 0.5}, "pt-br") == "0.5"

    @pytest.mark.parametrize("value", [None, ""])
    def test_says_nothing_when_a_slot_is_empty(self, value: str | None) -> None:
        with pytest.raises(WordingError, match="'category' is not filled"):
            render("Øv på {category}.", {"category": value}, "nb")

    def test_says_nothing_when_a_slot_is_unknown(self) -> None:
        with pytest.raises(WordingError, match="'n' is not filled"):
            render("{n} spørsmål", {"m": 3}, "nb")

    @pytest.mark.parametrize("text", ["{n", "n}", "{}", "{N}", "{n|ett}", "{n|ett|to|tre}", "{{n}}", "{n|{m}|to}"])
    def test_refuses_a_brace_that_belongs_to_no_slot(self, text: str) -> None:
        with pytest.raises(WordingError, match="brace"):
            render(text, {"n": 1, "m": 1}, "nb")

    def test_refuses_to_choose_a_form_by_a_word(self) -> None:
        with pytest.raises(WordingError, match="needs a number"):
            render("{kat|ett|flere}", {"kat": "vikeplikt"}, "nb")

    def test_leaves_braces_in_a_value_alone(self) -> None:
        assert render("Om {kat}.", {"kat": "{n} %", "n": 3}, "en") == "Om {n} %."

    @given(one=WORDS, other=WORDS, n=st.integers(), language=LANGUAGES)
    def test_says_exactly_one_of_two_forms(self, one: str, other: str, n: int, language: str) -> None:
        said = render(f"<{{n|{one}|{other}}}>", {"n": n}, language)

        assert said in {f"<{one}>", f"<{other}>"}

    @given(before=WORDS, word=WORDS.filter(bool), after=WORDS.filter(lambda text: "%" not in text), language=LANGUAGES)
    def test_changes_nothing_but_its_slots(self, before: str, word: str, after: str, language: str) -> None:
        assert render(f"{before}{{kat}}{after}", {"kat": word}, language) == f"{before}{word}{after}"


class TestSlotsOf:
    def test_names_each_slot_once(self) -> None:
        assert slots_of("{n} {n|svar|svar} om {kat} på {pct} %") == {"n", "kat", "pct"}

    @given(WORDS)
    def test_finds_none_in_plain_text(self, text: str) -> None:
        assert slots_of(text) == frozenset()


@pytest.fixture
def wording() -> Wording:
    texts = {
        "title": {"nb": "Dagens runde", "nn": "Runden i dag", "en": "Today's round"},
        "text": {
            "nb": "Svar på {n} spørsmål.",
            "nn": "Svar på {n} spørsmål.",
            "en": "Answer {n} {n|question|questions}.",
        },
    }
    return Wording.objects.create(
        purpose="challenge", kind="quiz", origin="ml", variant=1, requires=["n_at_least_10"], **localized_all(texts)
    )


@pytest.mark.django_db
class TestReplaceWording:
    def test_keeps_what_was_said_sayable(self, wording: Wording) -> None:
        new = replace_wording(wording=wording, texts={"text_en": "Take {n} {n|question|questions}."})

        assert (new.version, new.requires) == (2, ["n_at_least_10"])
        assert list(active_wordings(purpose="challenge", kind="quiz", origin="ml")) == [new]
        said = wordings_for([wording.pk, new.pk], "en")
        assert said[wording.pk].text == "Answer {n} {n|question|questions}."
        assert said[new.pk].text == "Take {n} {n|question|questions}."

    def test_takes_over_the_languages_that_stay(self, wording: Wording) -> None:
        new = replace_wording(wording=wording, texts={"title_nb": "Runde"})

        assert wordings_for([new.pk], "nb")[new.pk].title == "Runde"
        assert wordings_for([new.pk], "nn")[new.pk].title == "Runden i dag"

    def test_refuses_a_slot_that_nobody_fills(self, wording: Wording) -> None:
        with pytest.raises(SlotsDiffer, match="text_nb has the slots"):
            replace_wording(wording=wording, texts={"text_nb": "Svar på {antall} spørsmål."})

        assert list(active_wordings(purpose="challenge")) == [wording]

    def test_refuses_a_column_that_is_no_text(self, wording: Wording) -> None:
        with pytest.raises(ValueError, match="no texts"):
            replace_wording(wording=wording, texts={"purpose": "nudge"})


@pytest.mark.django_db
class TestWordingsFor:
    def test_falls_back_where_a_language_is_empty(self, wording: Wording) -> None:
        Wording.objects.filter(pk=wording.pk).update(**{"title_nn": None})

        assert wordings_for([wording.pk], "nn")[wording.pk].title == "Dagens runde"
