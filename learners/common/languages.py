"""The host's languages and ours (nb, nn, en): which column gets which text.

Nothing here demands a language of the host; what it lacks falls back to what it has.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.conf import settings

OURS = ("nb", "nn", "en")
_ALIASES = {"no": "nb"}  # the macrolanguage; Django sites use it for bokmål


def ours(language: str | None) -> str | None:
    """Return which of our languages serves ``language`` (en-us → en, no → nb), or None."""
    prefix = (language or "").lower().replace("_", "-").split("-")[0]
    prefix = _ALIASES.get(prefix, prefix)
    return prefix if prefix in OURS else None


def translates() -> bool:
    """Say whether modeltranslation gives our models a column per language in this site."""
    if not apps.is_installed("modeltranslation"):
        return False
    from modeltranslation.settings import ENABLE_REGISTRATIONS

    return bool(ENABLE_REGISTRATIONS)


def available() -> tuple[str, ...]:
    """Return the languages that have a column, in the host's order; empty when nothing is translated."""
    if not translates():
        return ()
    from modeltranslation.settings import AVAILABLE_LANGUAGES

    return tuple(AVAILABLE_LANGUAGES)


def default() -> str:
    """Return the host's default language for contents."""
    if not translates():
        return str(settings.LANGUAGE_CODE)
    from modeltranslation.settings import DEFAULT_LANGUAGE

    return str(DEFAULT_LANGUAGE)


def fallbacks() -> dict[str, tuple[str, ...]]:
    """Return modeltranslation's fallback table: the host's nb and en, then its default language."""
    from modeltranslation.settings import AVAILABLE_LANGUAGES

    by_ours = {ours(code): code for code in reversed(AVAILABLE_LANGUAGES)}
    chain = [by_ours[code] for code in ("nb", "en") if code in by_ours]
    if default() not in chain:
        chain.append(default())
    return {"default": tuple(chain)}


def columns(field: str) -> tuple[str, ...]:
    """Return the names under which ``field`` is stored: itself and one per language of the host."""
    return (field, *(f"{field}_{code.replace('-', '_')}" for code in available()))


def localized(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return explicit column values for ``texts`` keyed by nb, nn and en.

    A language of ours goes to the host's column of the same prefix. English goes to the default language when that is
    none of ours, so that no site shows an empty text.
    """
    values = {field: texts[ours(default()) or "en"]}
    for code, column in zip(available(), columns(field)[1:], strict=True):
        known = ours(code)
        if known is not None:
            values[column] = texts[known]
        elif code == default():
            values[column] = texts["en"]
    return values


def localized_all(fields: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the columns of several fields at once, as `localized` does for one."""
    return {column: text for field, texts in fields.items() for column, text in localized(field, texts).items()}


def missing(codes: Iterable[str]) -> tuple[str, ...]:
    """Return which of our languages no entry of ``codes`` serves."""
    served = {ours(code) for code in codes}
    return tuple(code for code in ("nb", "en") if code not in served)
