"""Names that people may show to others: every real script, no tricks; pure."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from learners.errors import LearnersError

LONGEST = 50
MOST_MARKS = 8  # combining marks on one letter; Vietnamese and vocalized Hebrew need three
_JOINERS = frozenset("\u200c\u200d")  # Persian and the scripts of India need them inside words
_BLANKS = re.compile(r"\s+")


class NameNotAllowed(LearnersError):
    """The name is too long, invisible, or plays with direction or stacked marks."""

    code = "name-not-allowed"
    title = _("This name cannot be shown to others.")


def clean_name(text: str) -> str:
    """Return ``text`` composed (NFC) with single blanks; an empty name is no name.

    :raises NameNotAllowed: if it is longer than 50 characters, has no visible letter or digit, or holds characters
        that steer direction or stack.
    """
    name = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not name:
        return ""
    if len(name) > LONGEST or not any(character.isalnum() for character in name) or _plays(name):
        raise NameNotAllowed
    return name


def _plays(name: str) -> bool:
    marks = 0
    for character in name:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        steers = category[0] == "C" and character not in _JOINERS
        if steers or marks > MOST_MARKS:
            return True
    return False
