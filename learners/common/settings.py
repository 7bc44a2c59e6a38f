"""Typed settings: one dict ``GAMIFICATION`` with a section per app.

``GAMIFICATION = {"CHALLENGES": {"PER_DAY": 3}}`` fills the frozen dataclass that the app declares in its ``conf.py``.
"""

import dataclasses
import difflib
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

SECTIONS = (
    "REST",
    "LEARNERS",
    "EVIDENCE",
    "REWARDS",
    "ENGAGEMENT",
    "MOTIVATION",
    "ACHIEVEMENTS",
    "CHALLENGES",
    "PATHWAYS",
    "SOCIAL",
    "ORCHESTRATION",
)

Section = TypeVar("Section")

_cache: dict[str, Any] = {}


def section(name: str, kind: type[Section]) -> Section:
    """Return section ``name`` of ``GAMIFICATION`` as ``kind``, read once until the setting changes.

    :raises ImproperlyConfigured: if a section or key is unknown or a value has the wrong type.
    """
    if name not in _cache:
        _cache[name] = _read(name, kind)
    value: Section = _cache[name]
    return value


def read_all(readers: Mapping[str, str]) -> None:
    """Read every section, so that a mistake in any of them stops the start and not a later request.

    :param readers: by section the dotted name of the function that returns it; the others have no keys.
    :raises ImproperlyConfigured: if a section or key is unknown or a value is impossible.
    """
    for name in SECTIONS:
        if name in readers:
            import_string(readers[name])()
        elif keys := _given(name):
            raise ImproperlyConfigured(f"GAMIFICATION['{name}'] takes no keys yet; take {next(iter(keys))!r} out.")


def at_least(least: int, values: object, *names: str) -> None:
    """Compare whole numbers of a section's dataclass with the smallest that makes sense.

    :raises ValueError: if one is smaller.
    """
    for name in names:
        value = getattr(values, name)
        if value < least:
            raise ValueError(f"{name.upper()} must be at least {least}, not {value!r}.")


def dotted(values: object, *names: str) -> None:
    """Make sure that tuples of a section's dataclass hold dotted names.

    :raises ValueError: if one holds anything else.
    """
    for name in names:
        for value in getattr(values, name):
            if not isinstance(value, str) or "." not in value:
                raise ValueError(f"{name.upper()} must hold dotted names such as 'app.module.name', not {value!r}.")


def _given(name: str) -> dict[str, Any]:
    everything = getattr(settings, "GAMIFICATION", {})
    if not isinstance(everything, dict):
        raise ImproperlyConfigured("GAMIFICATION must be a dict with a section per app, e.g. {'CHALLENGES': {}}.")
    for other in everything:
        _refuse_unknown(other, SECTIONS, "GAMIFICATION")
    given = everything.get(name, {})
    if not isinstance(given, dict):
        raise ImproperlyConfigured(f"GAMIFICATION['{name}'] must be a dict of keys, not {given!r}.")
    return given


def _read(name: str, kind: type[Section]) -> Section:
    given = _given(name)
    hints = typing.get_type_hints(kind)
    keys = {field.name.upper(): field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    values = {}
    for key, value in given.items():
        _refuse_unknown(key, tuple(keys), f"GAMIFICATION['{name}']")
        values[keys[key]] = _checked(value, hints[keys[key]], f"GAMIFICATION['{name}']['{key}']")
    try:
        return kind(**values)
    except ValueError as error:  # of its __post_init__
        raise ImproperlyConfigured(f"GAMIFICATION['{name}']: {error}") from None


def _refuse_unknown(key: str, known: tuple[str, ...], where: str) -> None:
    if key in known:
        return
    near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}."
    raise ImproperlyConfigured(f"{where} has no key {key!r}; {hint}")


def _checked(value: Any, hint: Any, where: str) -> Any:
    """Return ``value`` if it fits ``hint``; lists become tuples and whole numbers floats where asked for."""
    kinds = get_args(hint) if get_origin(hint) in (types.UnionType, typing.Union) else (hint,)
    plain = tuple(get_origin(kind) or kind for kind in kinds)
    if tuple in plain and isinstance(value, list):
        return tuple(value)
    if float in plain and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    is_stray_bool = isinstance(value, bool) and bool not in plain
    if is_stray_bool or not isinstance(value, plain):
        wanted = " or ".join(kind.__name__ for kind in plain)
        raise ImproperlyConfigured(f"{where} must be {wanted}, not {value!r}.")
    return value


def _forget(*, setting: str, **_: object) -> None:
    if setting == "GAMIFICATION":
        _cache.clear()


setting_changed.connect(_forget, dispatch_uid="gamification.settings")
