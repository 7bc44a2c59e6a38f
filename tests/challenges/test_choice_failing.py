"""When the personal choice is off, fails or is slow, the rules serve: at once, and nobody goes without."""

import time
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from challenges import choice, fallback
from challenges.attempts import Failure, TooSlow, attempts, within
from challenges.drafts import Drafts, Recent
from challenges.models import Challenge, ChallengeSettings, Origin
from challenges.reasons import codes
from challenges.rules import ManualRule, Rules
from challenges.selectors.rules import rules_in_force
from challenges.services.days import make_days
from learners.api import SkillMatrix, category_logits, skill_rows
from learners.models import Event
from tests.challenges.builders import TODAY, a_learner, a_site
from tests.factories import NOON

HUNDRED_MILLISECONDS = 0.1


def failing(skills: SkillMatrix, recent: Recent, rules: Rules, types: Any) -> Drafts:
    raise RuntimeError("planted")


def sleeping(skills: SkillMatrix, recent: Recent, rules: Rules, types: Any) -> Drafts:
    time.sleep(2)
    return choice.choose_personally(skills, recent, rules, types)


class FailingFor:
    """A personal choice that cannot bear one learner."""

    def __init__(self, learner_id: int) -> None:
        self.learner_id = learner_id

    def __call__(self, skills: SkillMatrix, recent: Recent, rules: Rules, types: Any) -> Drafts:
        if self.learner_id in skills.learner_ids:
            raise RuntimeError("planted")
        return choice.choose_personally(skills, recent, rules, types)


def ready(number: int) -> list[int]:
    """Return learners with enough data, in a site that draws nobody into the rules."""
    topics = a_site()
    ChallengeSettings.objects.update(randomized_fallback_share=0)
    return sorted(a_learner(answers=60, topics=topics).pk for _ in range(number))


@pytest.mark.django_db
class TestMakeDays:
    @pytest.mark.parametrize(("broken", "error"), [(failing, "RuntimeError"), (sleeping, "TooSlow")])
    def test_lets_the_rules_serve_and_says_so(self, broken: choice.Chooser, error: str) -> None:
        (learner,) = ready(1)

        make_days(learners_by_day={TODAY: [learner]}, now=NOON, personally=broken)

        rows = list(Challenge.objects.order_by("slot"))
        assert [(row.source, row.randomized, row.propensity) for row in rows] == [(Origin.FALLBACK, False, 1.0)] * 3
        assert all("choice_failed" in codes(row.reasons) for row in rows)
        event = Event.objects.get(name="challenge.personal_choice_failed")
        assert (event.learner_id, event.data) == (learner, {"error": error, "learners": 1})

    def test_finds_the_one_learner_whom_it_fails(self) -> None:
        learners = ready(9)

        make_days(learners_by_day={TODAY: learners}, now=NOON, personally=FailingFor(learners[4]))

        by_rules = Challenge.objects.filter(source=Origin.FALLBACK)
        assert set(by_rules.values_list("learner_id", flat=True)) == {learners[4]}
        assert Challenge.objects.filter(source=Origin.ML).count() == 24

    def test_tells_nobody_while_all_is_well(self) -> None:
        learners = ready(2)

        make_days(learners_by_day={TODAY: learners}, now=NOON)

        assert not Event.objects.filter(name="challenge.personal_choice_failed").exists()


@pytest.mark.django_db
class TestChoose:
    @pytest.mark.parametrize("broken", [failing, sleeping])
    def test_takes_a_hundred_milliseconds_at_most_for_one_learner(self, broken: choice.Chooser) -> None:
        skills, recent, rules = _inputs(ready(1))
        choice.choose(skills, recent, rules, day=TODAY, model_version="elo-1")

        seconds = min(_seconds(skills, recent, rules, broken) for _ in range(3))

        assert seconds <= HUNDRED_MILLISECONDS

    def test_is_the_same_choice_as_the_rules_would_make_without_it(self) -> None:
        learners = ready(3)
        skills, recent, rules = _inputs(learners)
        ChallengeSettings.objects.update(ml_on=False)
        without = choice.choose(skills, recent, rules_in_force(), day=TODAY, model_version="elo-1")

        broken = choice.choose(skills, recent, rules, day=TODAY, model_version="elo-1", personally=failing)

        for name in ("kind", "category", "requirement", "xp", "source"):
            assert (getattr(broken, name) == getattr(without, name)).all()

    def test_leaves_what_was_written_by_hand_when_the_rules_fail_too(self) -> None:
        skills, recent, rules = _inputs(ready(2), _manual(is_reserve=True))

        drafts = choice.choose(
            skills, recent, rules, day=TODAY, model_version="elo-1", personally=failing, by_rules=_no_rules
        )

        assert (drafts.source == [[Drafts.MANUAL, 0, 0]] * 2).all()

    def test_raises_when_nothing_at_all_is_left(self) -> None:
        skills, recent, rules = _inputs(ready(1))

        with pytest.raises(ZeroDivisionError):
            choice.choose(
                skills, recent, rules, day=TODAY, model_version="elo-1", personally=failing, by_rules=_no_rules
            )

    def test_asks_the_rules_again_for_those_whom_they_can_serve(self) -> None:
        skills, recent, rules = _inputs(ready(4), _manual(is_reserve=True))
        odd = int(skills.learner_ids[2])

        def unlucky(drafts: Drafts, rows: Any, everyone: SkillMatrix, *rest: Any, day: date) -> None:
            if odd in everyone.learner_ids[rows]:
                raise ZeroDivisionError
            fallback.choose(drafts, rows, everyone, *rest, day=day)

        drafts = choice.choose(
            skills, recent, rules, day=TODAY, model_version="elo-1", personally=failing, by_rules=unlucky
        )

        assert drafts.source[:, 0].tolist() == [Drafts.FALLBACK, Drafts.FALLBACK, Drafts.MANUAL, Drafts.FALLBACK]


class TestAttempts:
    def test_halve_until_the_faulty_one_is_found(self) -> None:
        def work(part: Any) -> int:
            if 5 in part:
                raise KeyError
            return int(part.sum())

        outcomes = dict(_plain(attempts(work, np.arange(8), seconds=1.0)))

        assert outcomes == {(0, 1, 2, 3): 6, (4,): 4, (5,): "KeyError", (6, 7): 13}

    def test_give_up_after_eight_faulty_parts(self) -> None:
        calls = []

        def work(part: Any) -> None:
            calls.append(len(part))
            raise KeyError

        outcomes = list(attempts(work, np.arange(1024)))

        assert sum(len(part) for part, _ in outcomes) == 1024
        assert len(calls) < 40

    def test_leave_the_rest_once_the_time_is_over(self) -> None:
        started = time.monotonic()

        outcomes = list(attempts(lambda part: time.sleep(1), np.arange(64), seconds=0.02))

        assert [(len(part), type(failed.error)) for part, failed in outcomes if isinstance(failed, Failure)] == [
            (64, TooSlow)
        ]
        assert time.monotonic() - started < 0.5

    def test_do_nothing_for_nobody(self) -> None:
        assert list(attempts(len, np.arange(0))) == []


class TestWithin:
    def test_returns_what_comes_in_time(self) -> None:
        assert within(1.0, sum, [1, 2]) == 3

    def test_raises_what_the_work_raises(self) -> None:
        with pytest.raises(ZeroDivisionError):
            within(1.0, lambda: 1 / 0)


def _inputs(learners: list[int], *manual: ManualRule) -> tuple[SkillMatrix, Recent, Rules]:
    rules = replace(rules_in_force(), manual=manual)
    logits = category_logits(rules.category_ids.tolist())
    skills = skill_rows(learner_ids=learners, category_ids=rules.category_ids, logits=logits, day=TODAY)
    recent = Recent.none(len(skills), rules.n_categories, len(rules.types), rules.per_day, len(manual))
    recent.given[...] = True
    return skills, recent, rules


def _manual(**values: Any) -> ManualRule:
    return ManualRule(
        id=1,
        kind=0,
        category=-1,
        requirement=5,
        right=0,
        xp=10,
        bonus=0,
        wording=-1,
        first_date=TODAY,
        last_date=TODAY,
        **values,
    )


def _no_rules(drafts: Drafts, rows: Any, everyone: SkillMatrix, *rest: Any, day: date) -> None:
    raise ZeroDivisionError


def _seconds(skills: SkillMatrix, recent: Recent, rules: Rules, personally: choice.Chooser) -> float:
    started = time.perf_counter()
    choice.choose(skills, recent, rules, day=TODAY, model_version="elo-1", personally=personally)
    return time.perf_counter() - started


def _plain(outcomes: Any) -> Any:
    for part, outcome in outcomes:
        yield tuple(part.tolist()), type(outcome.error).__name__ if isinstance(outcome, Failure) else outcome
