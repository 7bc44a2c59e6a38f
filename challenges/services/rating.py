"""What learners say of their challenges."""

from datetime import datetime

from django.db import transaction

from challenges.models import Challenge, ChallengeRating, Verdict
from learners.api import LearnerNotFound, lock_learners
from learners.common.bulk import upsert


def rate(*, challenge: Challenge, verdict: Verdict, now: datetime) -> None:
    """Keep the learner's opinion of a challenge, in place of an earlier one.

    :raises LearnerNotFound: if the learner has left meanwhile.
    """
    row = {"challenge_id": challenge.pk, "verdict": verdict.value, "rated_at": now}
    with transaction.atomic():
        learner = lock_learners([challenge.learner_id]).get(challenge.learner_id)
        if learner is None or learner.forgotten_at is not None:
            raise LearnerNotFound
        upsert(ChallengeRating, [row], conflict=["challenge_id"])
