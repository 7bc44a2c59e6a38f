"""Nobody gets the same kind of challenge about the same topic over and over."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from challenges.models import Challenge, ChallengeSettings, Origin
from challenges.services.generation import generate_for_day
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON

pytestmark = pytest.mark.django_db

LEARNERS, DAYS = 60, 14
MOST_OFTEN = 11  # of the 42 challenges of a fortnight one pair of topic and type; beginners have four topics of quizzes
FEWEST = {False: 4, True: 6}  # pairs of topic and type, by rules and personally
MOST_IN_A_ROW = 3  # days on which the first challenge has the same topic and type


class TestAFortnight:
    def test_brings_everyone_different_topics_and_types(self) -> None:
        _generate_a_fortnight()

        given = list(Challenge.objects.order_by("local_date", "slot").values_list("learner_id", "category", "type"))
        per_learner: dict[int, Counter[tuple[int | None, int]]] = {}
        for learner, category, kind in given:
            per_learner.setdefault(learner, Counter())[category, kind] += 1
        personal = set(Challenge.objects.filter(source=Origin.ML).values_list("learner_id", flat=True))
        kinds = sorted(len(pairs) for pairs in per_learner.values())
        most = sorted(max(pairs.values()) for pairs in per_learner.values())
        print(f"pairs of topic and type a learner: {kinds}\nmost frequent pair of 42: {most}")  # noqa: T201
        assert len(per_learner) == LEARNERS
        assert all(len(pairs) >= FEWEST[learner in personal] for learner, pairs in per_learner.items())
        assert most[-1] <= MOST_OFTEN

    def test_never_begins_with_the_same_day_after_day(self) -> None:
        _generate_a_fortnight()

        first = Challenge.objects.filter(slot=0).order_by("learner_id", "local_date")
        longest = Counter(
            _longest_run(list(first.filter(learner=learner).values_list("category", "type")))
            for learner in set(first.values_list("learner_id", flat=True))
        )
        print(f"longest run of the same first challenge: {sorted(longest.items())}")  # noqa: T201
        assert max(longest) <= MOST_IN_A_ROW

    def test_never_says_today_what_was_said_yesterday(self) -> None:
        _generate_a_fortnight()

        rows = Challenge.objects.filter(wording__isnull=False).values_list("learner_id", "local_date", "wording_id")
        said = set(rows)
        again = [row for row in said if (row[0], row[1] - timedelta(days=1), row[2]) in said]
        assert again == []


def _generate_a_fortnight() -> None:
    """Generate for sixty learners, a third of whom has too few answers for the personal choice."""
    topics = a_site()
    ChallengeSettings.objects.update(randomized_fallback_share=0)
    for number in range(LEARNERS):
        answers = (20, 80, 400)[number % 3]
        a_learner(answers=answers, topics=topics, thetas=(0.05 * number - 1.5, 0.8, 0.0, 2.5))
    for days in range(DAYS):
        generate_for_day(day=TODAY + timedelta(days=days), now=NOON)


def _longest_run(pairs: list[tuple[int | None, int]]) -> int:
    longest = run = 1
    for before, after in pairwise(pairs):
        run = run + 1 if before == after else 1
        longest = max(longest, run)
    return longest
