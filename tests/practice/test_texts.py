"""The pages' own words: each is there in Bokmål and Nynorsk, and none reproaches."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import gamification_site.practice as practice

pytestmark = pytest.mark.unit

FOLDER = Path(practice.__file__).parent
LANGUAGES = ("nb", "nn")
GUILT = ("failed", "lost", "shame", "should have", "mistet", "tapte", "burde", "skam", "dessverre", "diverre")


def asked_for() -> set[str]:
    """Return every text that the templates and modules hand to gettext (of plurals, the singular)."""
    found: set[str] = set()
    for file in FOLDER.rglob("*.html"):
        found |= set(re.findall(r"""gettext\(u?(?:'|")(.+?)(?:'|")\)""", templatize(file.read_text("utf-8"))))
        found |= set(
            re.findall(r"""ngettext\(u?(?:'|")(.+?)(?:'|"), ?u?(?:'|")""", templatize(file.read_text("utf-8")))
        )
    for file in FOLDER.glob("*.py"):
        found |= set(re.findall(r'\b_\("([^"]+)"\)', file.read_text("utf-8")))
    return {text for text in found if "'," not in text and '",' not in text}


def catalog(language: str) -> dict[str, tuple[str, ...]]:
    with (FOLDER / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        messages = read_po(file, locale=language)
    found: dict[str, tuple[str, ...]] = {}
    for message in messages:
        singular = message.id if isinstance(message.id, str) else message.id[0]
        if singular and not message.fuzzy:
            found[singular] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    texts = asked_for()
    translated = catalog(language)

    assert len(texts) > 80
    assert sorted(text for text in texts if not all(translated.get(text, ("",)))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_slots(language: str) -> None:
    slots = re.compile(r"%\(\w+\)s")

    for text, translations in catalog(language).items():
        for one in translations:
            assert sorted(slots.findall(one)) == sorted(slots.findall(text)), text


def test_nothing_reproaches() -> None:
    said = {text for language in LANGUAGES for pair in catalog(language).items() for text in (pair[0], *pair[1])}

    assert {text for text in said if any(word in text.casefold() for word in GUILT)} == set()
