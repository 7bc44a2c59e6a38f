"""What would have made another challenge: for each reason what the learner, or the site, can do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.reasons import Reason

WOULD_CHANGE: dict[Reason, Promise] = {
    Reason.MOST_TO_GAIN: _("Right answers in this topic let another topic take its place."),
    Reason.NOT_LATELY: _("Once you have practised this topic, it may wait again."),
    Reason.NEVER_PRACTISED: _("After a few answers the topic is chosen by how well you know it."),
    Reason.BELOW_MASTERY: _("Right answers in this topic make it less urgent."),
    Reason.IN_BAND: _("The more you answer in a day, and the more of it right, the more is asked."),
    Reason.NEAREST_BAND: _("The better your skills are known, the closer the challenges fit."),
    Reason.ROTATION: _("If you practise this topic on your own, another one comes first."),
    Reason.ONBOARDING: _("After your first answers the challenges follow what you know."),
    Reason.DRAWN_BY_LOT: _("Nothing you do: the lot is drawn anew each day."),
    Reason.TOO_FEW_ANSWERS: _("More answers, in several topics, make a personal choice possible."),
    Reason.OPTED_OUT: _("You can switch the personal choice on in your profile."),
    Reason.VARIETY: _("Tomorrow the other topics have their turn again."),
    Reason.CHOICE_OFF: _("Only the site's administrator can switch the personal choice on."),
    Reason.DUE_FOR_REVIEW: _("A few answers in this topic today, and its next review is due later."),
    Reason.CHOICE_FAILED: _("Nothing you do: the personal choice is tried again tomorrow."),
    Reason.BY_HAND: _("Only the site's administrator decides about this challenge."),
}


def worded(bits: int) -> list[dict[str, str]]:
    """Return what would change the choice for the reasons in ``bits``, as ``{code, text}`` in the active language."""
    return [
        {"code": str(reason.name).lower(), "text": str(text)} for reason, text in WOULD_CHANGE.items() if bits & reason
    ]
