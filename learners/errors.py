"""What can be wrong with what a source sends; each carries the places in the batch that it speaks of."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from learners.common.errors import Flaw, GamificationError


class LearnersError(GamificationError):
    """A rule of `learners` was broken."""


class BatchError(LearnersError):
    """Some activities of a batch break a rule; ``indices`` are their places, from 0. Nothing was written."""

    def __init__(self, indices: Sequence[int]) -> None:
        self.indices = list(indices)
        super().__init__(flaws=[Flaw(f"/{index}", self.code, self.title) for index in self.indices])


class ActivityConflict(BatchError):
    """An id was used before with another body."""

    status, code = 409, "activity-id-conflict"
    title = _("An activity with this id and another content is already recorded.")


class RepeatedInBatch(BatchError):
    """The same id stands twice in one batch."""

    code = "repeated-in-batch"
    title = _("The same activity id stands twice in the batch.")


class UnknownCategory(BatchError):
    """The category does not exist and the source may not create it."""

    code = "unknown-category"
    title = _("The category does not exist, and this source may not create one.")


class UnknownKind(BatchError):
    """The kind of activity is not registered."""

    status, code = 422, "unknown-kind"
    title = _("This kind of activity is not registered.")


class UnknownLearner(BatchError):
    """No user of the site has this key, or the learner was erased."""

    code = "unknown-learner"
    title = _("There is no such learner.")


class UnknownRound(BatchError):
    """The round does not exist or belongs to another learner."""

    code = "unknown-round"
    title = _("There is no such round of this learner.")


class RoundClosed(BatchError):
    """The round is closed, full, or older than a day."""

    status, code = 409, "round-closed"
    title = _("The round is closed.")


class LearnerNotFound(LearnersError):
    """A reference names nobody."""

    status, code = 404, "not-found"
    title = _("There is no such learner.")


class BadZone(LearnersError):
    """Not an IANA time zone."""

    code = "bad-zone"
    title = _("This is not the name of a time zone.")


class ZoneChangedToday(LearnersError):
    """The zone may change once a day."""

    status, code = 409, "zone-changed-today"
    title = _("The time zone can be changed once a day.")


class RoundConflict(LearnersError):
    """The id of the round was used before for another one."""

    status, code = 409, "round-id-conflict"
    title = _("A round with this id and another content is already open.")


class BadRoundLength(LearnersError):
    """A round has 1 to 500 questions."""

    code = "bad-round-length"
    title = _("A round has 1 to 500 questions.")
