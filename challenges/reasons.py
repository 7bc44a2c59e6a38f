"""Why a challenge was chosen: bits in one number, worded when read."""

from enum import IntFlag

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(IntFlag):
    """One ground of a choice; a challenge may have several."""

    MOST_TO_GAIN = 1
    NOT_LATELY = 2
    NEVER_PRACTISED = 4
    BELOW_MASTERY = 8
    IN_BAND = 16
    NEAREST_BAND = 32
    ROTATION = 64
    ONBOARDING = 128
    DRAWN_BY_LOT = 256
    TOO_FEW_ANSWERS = 512
    OPTED_OUT = 1024
    VARIETY = 2048
    CHOICE_OFF = 4096
    BY_HAND = 8192
    DUE_FOR_REVIEW = 16384
    CHOICE_FAILED = 32768


WORDS: dict[Reason, Promise] = {
    Reason.MOST_TO_GAIN: _("This topic can lift your exam result the most right now."),
    Reason.NOT_LATELY: _("It has been a week or more since you practised this topic."),
    Reason.NEVER_PRACTISED: _("You have not practised this topic yet."),
    Reason.BELOW_MASTERY: _("You are not quite sure of this topic yet."),
    Reason.IN_BAND: _("It should be a fair challenge for you: neither too easy nor too hard."),
    Reason.NEAREST_BAND: _("Of all challenges, this one fits your level best."),
    Reason.ROTATION: _("The topics take turns, those you practised longest ago first."),
    Reason.ONBOARDING: _("A short start, so that we learn what suits you."),
    Reason.DRAWN_BY_LOT: _("Chosen by simple rules today, by lot, to check that personal choices really help."),
    Reason.TOO_FEW_ANSWERS: _("There are too few answers yet for a personal choice."),
    Reason.OPTED_OUT: _("You have switched the personal choice off."),
    Reason.VARIETY: _("For variety: other topics have had their turn these last days."),
    Reason.CHOICE_OFF: _("The personal choice is switched off on this site."),
    Reason.BY_HAND: _("Chosen by an administrator."),
    Reason.DUE_FOR_REVIEW: _("This topic is due for review: some of it may have faded since you last practised."),
    Reason.CHOICE_FAILED: _("Chosen by simple rules today: the personal choice was not available."),
}


def codes(bits: int) -> list[str]:
    """Return the reasons in ``bits`` as stable codes."""
    return [str(reason.name).lower() for reason in Reason if bits & reason]


def worded(bits: int) -> list[dict[str, str]]:
    """Return the reasons in ``bits`` as ``{code, text}`` in the active language."""
    return [{"code": str(reason.name).lower(), "text": str(WORDS[reason])} for reason in Reason if bits & reason]
