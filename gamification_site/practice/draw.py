"""Which questions a round asks: a repeatable draw that prefers what is new or was wrong; pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from gamification_site.practice.question_bank import Question
from learners.common.chance import uniform

UNSEEN, MISSED, KNOWN = 4.0, 3.0, 1.0  # weights: how many times likelier than a question answered right last time
WEAK_TOPIC = 2.0  # its questions are so many times likelier


def for_practice(
    questions: Sequence[Question],
    *,
    others: Sequence[Question] = (),
    length: int,
    learner_id: int,
    day: date,
    version: str,
    last_results: Mapping[str, bool],
    weak_topics: Collection[str],
) -> list[str]:
    """Return the keys of ``length`` questions; unseen and missed ones come up more often.

    :param others: fill the round up where there are too few; a challenge may ask for a longer round than a topic holds.
    :param version: tells the rounds of one day apart; the same version draws the same questions.
    :param last_results: whether the learner's latest answer was right, by key.
    """
    drawn: list[str] = []
    for candidates in (questions, others):
        weights = {question.key: _weight(question, last_results, weak_topics) for question in candidates}
        left = length - len(drawn)
        drawn += _drawn(weights, length=left, learner_id=learner_id, day=day, version=version)
    return drawn


def for_mock_test(questions: Sequence[Question], *, length: int, learner_id: int, day: date, version: str) -> list[str]:
    """Return the keys of ``length`` questions over all topics, each as often as the bank asks about it."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        by_topic[question.category].append(question.key)
    shares = quotas({topic: len(keys) for topic, keys in by_topic.items()}, length)
    picked = [
        key
        for topic, keys in by_topic.items()
        for key in _drawn(
            dict.fromkeys(keys, 1.0), length=shares[topic], learner_id=learner_id, day=day, version=version
        )
    ]
    mixed = dict.fromkeys(picked, 1.0)
    return _drawn(mixed, length=length, learner_id=learner_id, day=day, version=f"{version}|order")


def quotas(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Share ``total`` out in proportion to ``sizes``, by largest remainder; ties go by name."""
    whole = sum(sizes.values())
    exact = {name: total * size / whole for name, size in sizes.items()}
    shares = {name: int(share) for name, share in exact.items()}
    missing = total - sum(shares.values())
    for name in sorted(exact, key=lambda name: (round(shares[name] - exact[name], 6), name))[:missing]:
        shares[name] += 1
    return shares


def _weight(question: Question, last_results: Mapping[str, bool], weak_topics: Collection[str]) -> float:
    result = last_results.get(question.key)
    weight = UNSEEN if result is None else KNOWN if result else MISSED
    return weight * WEAK_TOPIC if question.category in weak_topics else weight


def _drawn(weights: Mapping[str, float], *, length: int, learner_id: int, day: date, version: str) -> list[str]:
    """Draw without replacement by weight: the largest u^(1/weight) first (Efraimidis and Spirakis 2006)."""
    lots = {
        key: uniform(purpose=f"practice:{key}", learner_id=learner_id, day=day, version=version) ** (1 / weight)
        for key, weight in weights.items()
    }
    return sorted(lots, key=lambda key: (-round(lots[key], 6), key))[:length]
