"""Made-up learners who practise for the theory test, the same ones for the same seed; pure.

They exist to fill the demo. Each has an ability, stronger and weaker topics, habits, and learns a little by every
answer; what follows from their answers (skills, days, points) is computed like anybody's.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = "Europe/Oslo"
SEED = 20_260_901
DAYS = 28
GUESS = 0.25  # four options
LEARNED_PER_ANSWER = 0.03  # logits in the topic
SHORTEST_ROUND, LONGEST_ROUND = 6, 14  # questions

NAMES = (
    *("Bjørk", "Furu", "Gran", "Osp", "Rogn", "Selje", "Hassel", "Lind", "Eik", "Alm", "Ask", "Hegg", "Einer", "Lønn"),
    *("Pil", "Or", "Lyng", "Mose", "Bregne", "Tyttebær", "Blåbær", "Multe", "Kløver", "Timian", "Løvetann", "Blåveis"),
    *(
        "Hvitveis",
        "Linnea",
        "Røsslyng",
        "Siv",
        "Tang",
        "Tare",
        "Skjell",
        "Stein",
        "Bekk",
        "Elv",
        "Foss",
        "Fjell",
        "Dal",
    ),
    "Vik",
)


@dataclass(frozen=True, slots=True)
class Simulated:
    """How one made-up learner is and practises."""

    name: str
    ability: float  # logits
    strengths: dict[str, float]  # logits by topic
    eagerness: float  # chance of practising on a day, 0–1
    hour: int  # of the day at which they begin
    since: int  # days after the first one on which they joined


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a made-up learner."""

    topic: str
    question: str
    correct: bool
    seconds: float
    at: datetime


def learner(
    number: int, *, topics: Sequence[str], name: str, ability: float | None = None, eagerness: float | None = None
) -> Simulated:
    """Return made-up learner ``number``; the same number is the same learner, with what is given as it is given."""
    dice = Random(f"{SEED}|learner|{number}")
    drawn = dice.gauss(0.5, 0.7)
    return Simulated(
        name=name,
        ability=drawn if ability is None else ability,
        strengths={topic: dice.gauss(0.0, 0.6) for topic in topics},
        eagerness=dice.uniform(0.25, 0.8) if eagerness is None else eagerness,
        hour=dice.randint(15, 20),
        since=0 if eagerness is not None else dice.randint(0, DAYS // 2),
    )


def rounds(
    someone: Simulated, *, number: int, first_day: date, questions: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, list[Answer]]]:
    """Yield day number and answers of each round that ``someone`` takes in the four weeks from ``first_day``.

    :param questions: the keys of what may be asked, by topic.
    """
    dice = Random(f"{SEED}|answers|{number}")
    practised = dict.fromkeys(someone.strengths, 0)
    for day in range(someone.since, DAYS):
        if dice.random() >= someone.eagerness:
            continue
        start = datetime.combine(first_day + timedelta(days=day), time(someone.hour), ZoneInfo(ZONE))
        yield day, _round(dice, someone, practised, start + timedelta(minutes=dice.randint(0, 59)), questions)


def _round(
    dice: Random,
    someone: Simulated,
    practised: dict[str, int],
    at: datetime,
    questions: Mapping[str, Sequence[str]],
) -> list[Answer]:
    """Return the answers of one round: two topics, one after the other."""
    topics = dice.sample(sorted(practised), 2)
    length = dice.randint(SHORTEST_ROUND, LONGEST_ROUND)
    answers = []
    for index in range(length):
        topic = topics[index * 2 // length]
        question = dice.choice(questions[topic])
        ability = someone.ability + someone.strengths[topic] + LEARNED_PER_ANSWER * practised[topic]
        right = dice.random() < chance(ability - _difficulty(question))
        seconds = round(dice.lognormvariate(2.4, 0.4), 1)  # 11 seconds in the middle
        at += timedelta(seconds=seconds)
        answers.append(Answer(topic, question, right, seconds, at))
        practised[topic] += 1
    return answers


def chance(logit: float) -> float:
    """Return the chance of a right answer: what is not known is guessed."""
    return GUESS + (1 - GUESS) / (1 + math.exp(-logit))


def _difficulty(question: str) -> float:
    return Random(f"{SEED}|question|{question}").gauss(0.0, 0.7)
