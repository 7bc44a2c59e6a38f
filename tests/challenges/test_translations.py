import gettext
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import challenges

ROOM = Path(challenges.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}


def said() -> set[str]:
    """Return every text for people in the room's code, plurals by their singular."""
    found = extract_from_dir(ROOM, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_text_of_the_room_is_translated(language: str) -> None:
    compiled = ROOM / "locale" / language / "LC_MESSAGES" / "django.mo"
    with compiled.open("rb") as file:
        catalog = gettext.GNUTranslations(file)

    known = {key[0] if isinstance(key, tuple) else key for key in catalog._catalog}  # type: ignore[attr-defined]

    assert said() - known == set()
