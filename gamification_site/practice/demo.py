"""The demo's people and four weeks of their practice, recorded like anybody's answers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any
from uuid import NAMESPACE_DNS, uuid5
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction

from gamification_site.practice import simulation
from gamification_site.practice.question_bank import by_category
from gamification_site.practice.services import practice_source
from learners.api import (
    Activity,
    Category,
    Cohort,
    LearnerProfile,
    Membership,
    NewActivity,
    Source,
    issue_key,
    learner_of_user,
    local_date,
    open_round,
    record_activities,
)

KEY = "practice-demo-key-for-this-machine-only"
SIMULATED_COHORT = "simulated"
SIMULATED = "simulert"  # behind the name, so that it is seen wherever the name is
CLASS = "class-10b"
SIMULATED_IN_CLASS = 10
DAY_ENDS = time(23, 0)  # after everyone's last answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who can log in; the password is the user name with -demo."""

    username: str
    name: str
    age_band: str
    language: str
    role: str = "learner"
    ability: float | None = None  # logits; None: does not practise
    eagerness: float | None = None  # chance of practising on a day

    @property
    def password(self) -> str:
        return f"{self.username}-demo"


PEOPLE = (
    Person(username="kari", name="Kari", age_band="adult", language="nb", ability=0.1, eagerness=0.85),
    Person(username="jonas", name="Jonas", age_band="minor", language="nn", ability=0.4, eagerness=0.6),
    Person(username="teacher", name="Ingrid", age_band="adult", language="nb", role="teacher"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What `load` found or made."""

    learners: int
    answers: int
    made: int


def load(*, now: datetime) -> Loaded:
    """Make the demo's people, and their history up to yesterday, unless they are there."""
    source = _source(now)
    _administrator()
    people = {person: _profile(person, now) for person in PEOPLE}
    simulated = _simulated(now)
    first_day = _cohorts(people, simulated, now)
    practising: list[tuple[LearnerProfile, Person | None]] = [
        (profile, person) for person, profile in people.items() if person.eagerness is not None
    ]
    made = _practise([*practising, *((profile, None) for profile in simulated)], source, first_day)
    if made:
        call_command("refit_statistics", stdout=StringIO())
    answers = Activity.objects.filter(source=source).count()
    return Loaded(learners=len(practising) + len(simulated), answers=answers, made=made)


def _source(now: datetime) -> Source:
    source = practice_source()
    if not source.keys.exists():
        issue_key(source=source, now=now, secret=KEY)
    return source


def _administrator() -> None:
    model = get_user_model()
    if not model._default_manager.filter(username="admin").exists():
        model._default_manager.create_superuser("admin", password="admin-demo")


def _profile(person: Person, now: datetime) -> LearnerProfile:
    model = get_user_model()
    user: Any = model._default_manager.filter(username=person.username).first()
    if user is not None:
        return learner_of_user(user, now=now)
    with transaction.atomic():
        user = model._default_manager.create_user(person.username, password=person.password)
        profile = learner_of_user(user, now=now)
        LearnerProfile.objects.filter(pk=profile.pk).update(
            display_name=person.name,
            age_band=person.age_band,
            language=person.language,
            zone=simulation.ZONE,
            created_at=_joined(now),
        )
    return LearnerProfile.objects.get(pk=profile.pk)


def _joined(now: datetime) -> datetime:
    return now - timedelta(days=simulation.DAYS + 1)


def _simulated(now: datetime) -> list[LearnerProfile]:
    """Return the made-up learners, by fixed UUIDs; every third is a minor."""
    keys = [uuid5(NAMESPACE_DNS, f"{number}.simulated.example") for number in range(len(simulation.NAMES))]
    known = set(LearnerProfile.objects.filter(uuid__in=keys).values_list("uuid", flat=True))
    LearnerProfile.objects.bulk_create(
        LearnerProfile(
            uuid=key,
            display_name=f"{name} ({SIMULATED})",
            zone=simulation.ZONE,
            age_band="minor" if number % 3 == 0 else "adult",
            created_at=_joined(now),
        )
        for number, (key, name) in enumerate(zip(keys, simulation.NAMES, strict=True))
        if key not in known
    )
    by_key = LearnerProfile.objects.in_bulk(keys, field_name="uuid")
    return [by_key[key] for key in keys]


def _cohorts(people: Mapping[Person, LearnerProfile], simulated: list[LearnerProfile], now: datetime) -> date:
    """Put everyone where they belong and return the first day of the history, which the cohort remembers."""
    start = local_date(simulation.ZONE, now) - timedelta(days=simulation.DAYS)
    everyone, _made = Cohort.objects.get_or_create(
        code=SIMULATED_COHORT, defaults={"name": "Simulated learners", "starts_on": start}
    )
    school, _made = Cohort.objects.get_or_create(code=CLASS, defaults={"name": "10B"})
    members = [Membership(cohort=everyone, learner=profile) for profile in simulated]
    members += [Membership(cohort=school, learner=profile) for profile in simulated[:SIMULATED_IN_CLASS]]
    members += [Membership(cohort=school, learner=profile, role=person.role) for person, profile in people.items()]
    known = set(Membership.objects.filter(cohort__in=[everyone, school]).values_list("cohort_id", "learner_id"))
    Membership.objects.bulk_create(member for member in members if (member.cohort_id, member.learner_id) not in known)
    return everyone.starts_on or start


def _practise(learners: list[tuple[LearnerProfile, Person | None]], source: Source, first_day: date) -> int:
    """Record the history day by day, as it would have come in; return how many answers were new."""
    topics = [code for code in _main_topics() if by_category(code)]
    questions = {topic: [question.key for question in by_category(topic)] for topic in topics}
    by_day: dict[int, list[tuple[str, LearnerProfile, list[simulation.Answer]]]] = defaultdict(list)
    for number, (profile, person) in enumerate(learners):
        someone = simulation.learner(
            number,
            topics=topics,
            name=profile.display_name,
            ability=person.ability if person else None,
            eagerness=person.eagerness if person else None,
        )
        for day, answers in simulation.rounds(someone, number=number, first_day=first_day, questions=questions):
            by_day[day].append((f"demo-{number:02d}-{day:02d}", profile, answers))
    last_round, _profile, _answers = by_day[max(by_day)][-1]
    if Activity.objects.filter(source=source, client_id=f"{last_round}-00").exists():
        return 0
    return sum(_record_day(taken, source, first_day + timedelta(days=day)) for day, taken in sorted(by_day.items()))


def _main_topics() -> list[str]:
    return list(Category.objects.filter(parent=None).order_by("position").values_list("code", flat=True))


def _record_day(taken: list[tuple[str, LearnerProfile, list[simulation.Answer]]], source: Source, day: date) -> int:
    evening = datetime.combine(day, DAY_ENDS, ZoneInfo(simulation.ZONE))
    activities = []
    for client_id, profile, answers in taken:
        opened = open_round(
            source=source, client_id=client_id, learner=str(profile.uuid), planned=len(answers), now=answers[0].at
        )
        activities += [
            NewActivity(
                client_id=f"{client_id}-{index:02d}",
                learner=str(profile.uuid),
                category=answer.topic,
                item=answer.question,
                correct=answer.correct,
                round=opened.client_id,
                seconds=answer.seconds,
                occurred_at=answer.at,
            )
            for index, answer in enumerate(answers)
        ]
    recorded = record_activities(activities=activities, source=source, now=evening, historical=True)
    return sum(not answer.replayed for answer in recorded)
