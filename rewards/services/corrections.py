"""Putting a wrong entry right: nothing is changed, a counter-entry is added and says why."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from learners.common.bulk import insert_new
from rewards.errors import RewardsError
from rewards.models import Correction, LedgerEntry
from rewards.services.ledger import CORRECTION, NewEntry, ledger_work

LONGEST_NOTE = 200


class NoteMissing(RewardsError):
    """Whoever corrects says why."""

    code = "note-missing"
    title = _("Say why, in at most 200 characters.")


def adjust(*, entry: LedgerEntry, note: str, by: str, now: datetime) -> Correction:
    """Answer ``entry`` by its opposite and keep the reason; a second time returns the first correction.

    A counter-entry can be answered in its turn, which restores what it took.

    :param by: key of the site's user who does it.
    :raises NoteMissing: without a reason; :raises InsufficientBalance: if what was earned is already spent.
    """
    note = note.strip()
    if not 0 < len(note) <= LONGEST_NOTE:
        raise NoteMissing()
    source = f"{CORRECTION}:{entry.pk}"
    with ledger_work(learner_ids=[entry.learner_id], now=now) as work:
        counter = NewEntry(
            learner_id=entry.learner_id,
            currency=entry.currency,
            amount=-entry.amount,
            source=source,
            reason=CORRECTION,
            local_date=work.local_date(entry.learner_id),
        )
        work.grant_many([counter])
        written = LedgerEntry.objects.get(learner_id=entry.learner_id, currency=entry.currency, source=source)
        row = {"corrected_id": entry.pk, "entry_id": written.pk, "note": note, "by": by, "created_at": now}
        insert_new(Correction, [row], conflict=["corrected_id"])
        return Correction.objects.get(corrected=entry)
