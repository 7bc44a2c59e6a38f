import pytest

from challenges.models import ChallengeRating, Verdict
from challenges.services.days import ensure_today
from challenges.services.rating import rate
from learners.api import LearnerNotFound, export_learner, forget_learner
from learners.models import LearnerProfile
from tests.challenges.builders import a_learner, a_site
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> LearnerProfile:
    a_site()
    found = a_learner()
    ensure_today(learner=found, now=NOON)
    return found


class TestRate:
    def test_keeps_the_last_opinion(self, learner: LearnerProfile) -> None:
        challenge = learner.challenges.get(slot=0)

        rate(challenge=challenge, verdict=Verdict.TOO_EASY, now=NOON)
        rate(challenge=challenge, verdict=Verdict.USEFUL, now=NOON)

        assert [(row.challenge_id, row.verdict) for row in ChallengeRating.objects.all()] == [(challenge.pk, "useful")]

    def test_is_exported(self, learner: LearnerProfile) -> None:
        rate(challenge=learner.challenges.get(slot=0), verdict=Verdict.TOO_HARD, now=NOON)
        stranger = a_learner()

        exported = export_learner(learner=learner, now=NOON)["tables"]
        other = export_learner(learner=stranger, now=NOON)["tables"]

        assert [row["verdict"] for row in exported["gamification_challenges.challengerating"]] == ["too_hard"]
        assert "gamification_challenges.challengerating" not in other

    def test_is_erased_with_the_learner(self, learner: LearnerProfile) -> None:
        challenge = learner.challenges.get(slot=0)
        rate(challenge=challenge, verdict=Verdict.NOT_RELEVANT, now=NOON)

        forget_learner(learner=learner, now=NOON)

        assert not ChallengeRating.objects.exists()
        assert learner.challenges.count() == 3
        with pytest.raises(LearnerNotFound):
            rate(challenge=challenge, verdict=Verdict.USEFUL, now=NOON)
