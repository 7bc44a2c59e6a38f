"""The day's challenges of a few learners, made when they are first needed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from challenges.choice import Chooser, choose
from challenges.models import Challenge
from challenges.selectors.recent import recent_of
from challenges.selectors.rules import rules_in_force
from challenges.services.writing import write
from learners.api import ONLINE_ESTIMATE, LearnerProfile, category_logits, local_date, skill_rows


def ensure_today(*, learner: LearnerProfile, now: datetime) -> date:
    """Make the challenges of the learner's day unless they are there, and return the day.

    What is chosen is what the night's generation would have chosen from the same state.
    """
    day = today_of(learner, now=now)
    if not Challenge.objects.filter(learner=learner, local_date=day).exists():
        make_days(learners_by_day={day: [learner.pk]}, now=now)
    return day


def today_of(learner: LearnerProfile, *, now: datetime) -> date:
    """Return the learner's calendar day."""
    return local_date(learner.zone_at(now), now)


def make_days(
    *,
    learners_by_day: Mapping[date, Iterable[int]],
    now: datetime,
    by_hand: bool = False,
    personally: Chooser | None = None,
) -> int:
    """Make the days of learners who have none; return how many challenges were new.

    A set-based choice per calendar day: learners of one batch stand on two or three days at most. While the automation
    is off, they get what administrators wrote for them.

    :param by_hand: someone asked for it, so that it is done while the automation is off, too.
    :param personally: another personal choice than ours; the rules stand behind it.
    """
    rules = rules_in_force()
    if not (rules.automation_on or by_hand):
        if not rules.manual:
            return 0
        rules = rules.by_hand_only()
    logits = category_logits(rules.category_ids.tolist())
    made = 0
    with transaction.atomic(savepoint=False):
        for day, learner_ids in sorted(learners_by_day.items()):
            skills = skill_rows(learner_ids=list(learner_ids), category_ids=rules.category_ids, logits=logits, day=day)
            recent = recent_of(skills.learner_ids, rules, day=day, exactly=True)
            drafts = choose(skills, recent, rules, day=day, model_version=ONLINE_ESTIMATE, personally=personally)
            written = write(drafts, recent, rules, day=day, model_version=ONLINE_ESTIMATE, now=now, bulky=False)
            made += written.ml + written.by_rules
    return made
