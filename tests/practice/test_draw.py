"""Which questions a round asks."""

from collections import Counter
from datetime import date

import pytest

from gamification_site.practice import draw
from gamification_site.practice.question_bank import Question, all_questions

pytestmark = pytest.mark.unit

DAY = date(2026, 11, 21)
LEARNERS = 400


def question(key: str, category: str = "speed") -> Question:
    return Question(
        key=key, category=category, text="?", options=("a", "b", "c", "d"), correct=0, explanation="a", rule="§ 1"
    )


FOUR = [question(key) for key in "abcd"]


def practice(
    learner_id: int = 1, *, version: str = "0", length: int = 2, last_results: dict[str, bool] | None = None
) -> list[str]:
    return draw.for_practice(
        FOUR,
        length=length,
        learner_id=learner_id,
        day=DAY,
        version=version,
        last_results=last_results or {},
        weak_topics=(),
    )


class TestForPractice:
    def test_draws_the_same_questions_again(self) -> None:
        assert practice() == practice()

    def test_draws_others_in_the_next_round_and_for_others(self) -> None:
        assert len({tuple(practice(version=str(number))) for number in range(20)}) > 5
        assert len({tuple(practice(learner_id)) for learner_id in range(20)}) > 5

    def test_asks_nothing_twice(self) -> None:
        assert sorted(practice(length=4)) == ["a", "b", "c", "d"]

    def test_asks_all_there_is_where_more_is_wanted(self) -> None:
        assert sorted(practice(length=9)) == ["a", "b", "c", "d"]

    def test_is_filled_up_from_other_topics(self) -> None:
        others = [question(key, "parking_rules") for key in "wxyz"]

        drawn = draw.for_practice(
            FOUR, others=others, length=6, learner_id=1, day=DAY, version="0", last_results={}, weak_topics=()
        )

        assert sorted(drawn[:4]) == ["a", "b", "c", "d"]
        assert len(set(drawn[4:]) & set("wxyz")) == 2

    def test_prefers_what_is_new_to_what_was_missed_to_what_was_right(self) -> None:
        last = {"a": True, "b": False, "d": True}

        first = Counter(practice(learner, length=1, last_results=last)[0] for learner in range(LEARNERS))

        # weights 1, 3, 4, 1: of 400 about 44, 133, 178, 44
        assert 25 <= first["a"] <= 65
        assert 105 <= first["b"] <= 160
        assert 150 <= first["c"] <= 205

    def test_prefers_weak_topics(self) -> None:
        two = [question("a", "speed"), question("b", "parking_rules")]

        first = Counter(
            draw.for_practice(
                two, length=1, learner_id=one, day=DAY, version="0", last_results={}, weak_topics=["speed"]
            )[0]
            for one in range(LEARNERS)
        )

        # weights 8 and 4: of 400 about 267
        assert 240 <= first["a"] <= 295


class TestForMockTest:
    def test_asks_of_every_topic_as_much_as_the_bank_holds_of_it(self) -> None:
        by_key = {one.key: one.category for one in all_questions()}

        drawn = draw.for_mock_test(all_questions(), length=45, learner_id=1, day=DAY, version="0")

        assert len(set(drawn)) == 45
        asked = Counter(by_key[key] for key in drawn)
        held = Counter(by_key.values())
        for topic in held:
            assert abs(asked[topic] - 45 * held[topic] / len(by_key)) < 1

    def test_mixes_the_topics(self) -> None:
        by_key = {one.key: one.category for one in all_questions()}

        drawn = draw.for_mock_test(all_questions(), length=45, learner_id=1, day=DAY, version="0")

        topics = [by_key[key] for key in drawn]
        assert topics != sorted(topics, key=list(dict.fromkeys(topics)).index)


class TestQuotas:
    def test_shares_out_by_largest_remainder(self) -> None:
        # exact shares 2.5, 1.5 and 1.0: two whole, one and one; the one left goes to the first by name
        assert draw.quotas({"b": 5, "a": 3, "c": 2}, 5) == {"b": 2, "a": 2, "c": 1}

    def test_gives_the_whole(self) -> None:
        assert sum(draw.quotas({"a": 7, "b": 11, "c": 13}, 45).values()) == 45
