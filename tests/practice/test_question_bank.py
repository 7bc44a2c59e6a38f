"""The question bank: enough of everything, well formed, and no way to guess from the layout."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from gamification_site.practice.question_bank import (
    FOLDER,
    TOPICS,
    BrokenQuestion,
    Question,
    all_questions,
    by_category,
    parsed,
    read,
)
from learners.seeds.categories import CATEGORIES

pytestmark = pytest.mark.unit

AT_LEAST = 130
PER_TOPIC = 5
CHI_SQUARE = 7.81  # 95 % of even spreads over four places stay below it: three degrees of freedom
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 240, 120, 400
LONGEST_FILE = 400  # lines
GUILT = ("skam", "dum", "idiot", "burde visst", "skuff", "din egen feil", "taper", "pinlig")


def row(**changes: object) -> dict[str, object]:
    """A row as a file holds it, with ``changes``."""
    plain: dict[str, object] = {
        "key": "fart-90",
        "category": "speed",
        "text": "Hva er fartsgrensen i tettbygd strøk?",
        "options": ["30 km/t", "50 km/t", "60 km/t", "80 km/t"],
        "correct": 1,
        "explanation": "I tettbygd strøk er den 50 km/t.",
        "rule": "Vegtrafikkloven § 6",
    }
    return plain | changes


def normalized(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def sentences(question: Question) -> list[str]:
    return [question.text, *question.options, question.explanation, question.rule]


class TestTheBank:
    def test_holds_enough_questions_for_several_mock_tests(self) -> None:
        assert len(all_questions()) >= AT_LEAST

    @pytest.mark.parametrize("topic", TOPICS)
    def test_has_questions_on_every_topic(self, topic: str) -> None:
        assert len(by_category(topic)) >= PER_TOPIC

    def test_knows_the_topics_that_the_site_starts_with_and_no_others(self) -> None:
        assert sorted(TOPICS) == sorted(seed.code for seed in CATEGORIES)

    def test_reads_every_file_in_its_folder(self) -> None:
        assert sorted(file.stem for file in FOLDER.glob("*.json")) == sorted(TOPICS)

    def test_has_nothing_on_a_topic_that_somebody_added_later(self) -> None:
        assert by_category("tunnels") == ()

    def test_keeps_its_files_short_enough_to_read(self) -> None:
        lines = {file.name: len(file.read_text("utf-8").splitlines()) for file in FOLDER.glob("*.json")}

        assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}

    def test_numbers_the_keys_of_a_topic_from_one_without_gaps(self) -> None:
        for topic in TOPICS:
            prefixes, numbers = zip(*(question.key.rsplit("-", 1) for question in by_category(topic)), strict=True)

            assert len(set(prefixes)) == 1
            assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


class TestTheLayoutGivesNothingAway:
    def test_the_right_option_stands_equally_often_in_each_place(self) -> None:
        questions = all_questions()
        places = Counter(question.correct for question in questions)
        expected = len(questions) / 4

        assert sum((places[place] - expected) ** 2 / expected for place in range(4)) < CHI_SQUARE

    def test_the_right_option_is_not_always_in_the_same_place_within_a_topic(self) -> None:
        assert {topic for topic in TOPICS if len({q.correct for q in by_category(topic)}) < 3} == set()

    def test_the_right_place_seldom_repeats_from_one_question_to_the_next(self) -> None:
        questions = all_questions()
        repeats = sum(one.correct == other.correct for one, other in pairwise(questions))

        assert repeats < len(questions) / 3

    def test_the_right_option_is_the_longest_hardly_more_often_than_chance(self) -> None:
        longest = [
            question
            for question in all_questions()
            if len(question.options[question.correct])
            > max(len(option) for place, option in enumerate(question.options) if place != question.correct)
        ]

        assert len(longest) / len(all_questions()) < 0.33


class TestTheWording:
    def test_no_question_is_asked_twice(self) -> None:
        asked = Counter(normalized(question.text) for question in all_questions())

        assert [text for text, times in asked.items() if times > 1] == []

    @pytest.mark.parametrize("question", all_questions(), ids=lambda question: question.key)
    def test_fits_a_telephone(self, question: Question) -> None:
        assert len(question.text) <= LONGEST_QUESTION
        assert max(map(len, question.options)) <= LONGEST_OPTION
        assert len(question.explanation) <= LONGEST_EXPLANATION

    def test_nobody_is_blamed_or_shouted_at(self) -> None:
        texts = [text.casefold() for question in all_questions() for text in sentences(question)]

        assert [text for text in texts if "!" in text] == []
        assert [text for text in texts for word in GUILT if re.search(rf"\b{word}", text)] == []

    def test_questions_end_as_questions_and_explanations_as_sentences(self) -> None:
        assert [question.key for question in all_questions() if not question.text.endswith("?")] == []
        assert [question.key for question in all_questions() if not question.explanation.endswith(".")] == []

    def test_options_are_told_apart_without_punctuation(self) -> None:
        assert [question.key for question in all_questions() if len(set(map(normalized, question.options))) < 4] == []

    def test_every_question_names_the_rule_it_tests(self) -> None:
        assert [question.key for question in all_questions() if not question.rule.strip()] == []


class TestABrokenFile:
    def test_a_whole_row_becomes_a_question(self) -> None:
        (question,) = parsed({"speed": [row()]})

        assert question.options[question.correct] == "50 km/t"

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"category": "sailing"}, "Question fart-90 has the unknown category sailing."),
            ({"category": "overtaking"}, "Question fart-90 of overtaking is in the file of speed."),
            ({"explanation": "  "}, "Question fart-90 has no explanation."),
            ({"rule": ""}, "Question fart-90 has no rule."),
            ({"text": None}, "Question fart-90 has no text."),
            ({"options": ["a", "b", "c"]}, "Question fart-90 does not have four different options."),
            ({"options": ["a", "b", "c", "A "]}, "Question fart-90 does not have four different options."),
            ({"options": ["a", "b", "c", ""]}, "Question fart-90 does not have four different options."),
            ({"options": "abcd"}, "Question fart-90 does not have four different options."),
            ({"correct": 4}, "Question fart-90 does not say which option, 0 to 3, is right."),
            ({"correct": -1}, "Question fart-90 does not say which option, 0 to 3, is right."),
            ({"correct": True}, "Question fart-90 does not say which option, 0 to 3, is right."),
            ({"hint": "x"}, "Question fart-90 has a field that nobody reads: hint."),
        ],
    )
    def test_is_refused_in_one_sentence(self, changes: dict[str, object], message: str) -> None:
        with pytest.raises(BrokenQuestion) as refused:
            parsed({"speed": [row(**changes)]})

        assert str(refused.value) == message

    def test_a_key_may_be_used_once(self) -> None:
        with pytest.raises(BrokenQuestion, match=r"^The key fart-90 is used twice\.$"):
            parsed({"speed": [row(), row(text="En annen?")]})

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("[{", "^The file speed.json cannot be read: "),
            ('{"key": "fart-90"}', r"^The file speed.json is not a list of questions\.$"),
            ('["fart-90"]', r"^The file speed.json is not a list of questions\.$"),
        ],
    )
    def test_is_named_when_it_holds_no_questions(self, tmp_path: Path, content: str, message: str) -> None:
        file = tmp_path / "speed.json"
        file.write_text(content, "utf-8")

        with pytest.raises(BrokenQuestion, match=message):
            read(file)

    def test_is_named_when_it_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(BrokenQuestion, match=r"^The file speed\.json cannot be read: "):
            read(tmp_path / "speed.json")
