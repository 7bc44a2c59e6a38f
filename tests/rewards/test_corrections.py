import pytest

from rewards.api import POINTS, XP, InsufficientBalance, NoteMissing, adjust, balance_of, grant, verify_ledger
from rewards.models import Correction, LedgerEntry
from tests.factories import NOON, LearnerProfileFactory

pytestmark = pytest.mark.django_db


class TestAdjust:
    def test_answers_an_entry_by_its_opposite_and_keeps_the_reason(self) -> None:
        learner = LearnerProfileFactory()
        wrong = grant(learner=learner, currency=XP, amount=500, source="challenge:7", now=NOON)

        correction = adjust(entry=wrong, note="Paid for a test question", by="1", now=NOON)

        assert (correction.entry.amount, correction.entry.source) == (-500, f"correction:{wrong.pk}")
        assert (correction.corrected, correction.note, correction.by) == (wrong, "Paid for a test question", "1")
        assert balance_of(learner_id=learner.pk, currency=XP) == 0
        assert verify_ledger().sound

    def test_twice_is_once(self) -> None:
        learner = LearnerProfileFactory()
        wrong = grant(learner=learner, currency=XP, amount=500, source="challenge:7", now=NOON)

        first = adjust(entry=wrong, note="First", by="1", now=NOON)
        again = adjust(entry=wrong, note="Second", by="2", now=NOON)

        assert again == first
        assert again.note == "First"
        assert LedgerEntry.objects.count() == 2

    def test_a_correction_can_be_corrected(self) -> None:
        learner = LearnerProfileFactory()
        right = grant(learner=learner, currency=XP, amount=500, source="challenge:7", now=NOON)
        mistake = adjust(entry=right, note="Taken for a double", by="1", now=NOON)

        adjust(entry=mistake.entry, note="It was none", by="1", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=XP) == 500
        assert verify_ledger().sound

    @pytest.mark.parametrize("note", ["", "   ", "x" * 201])
    def test_wants_a_reason(self, note: str) -> None:
        wrong = grant(learner=LearnerProfileFactory(), currency=XP, amount=5, source="a", now=NOON)

        with pytest.raises(NoteMissing):
            adjust(entry=wrong, note=note, by="1", now=NOON)

        assert not Correction.objects.exists()

    def test_cannot_take_back_what_is_spent(self) -> None:
        learner = LearnerProfileFactory()
        earned = grant(learner=learner, currency=POINTS, amount=30, source="a", now=NOON)
        grant(learner=learner, currency=POINTS, amount=-20, source="redeem:1", now=NOON)

        with pytest.raises(InsufficientBalance):
            adjust(entry=earned, note="Paid by mistake", by="1", now=NOON)

        assert balance_of(learner_id=learner.pk, currency=POINTS) == 10
