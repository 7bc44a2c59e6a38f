"""Change what is said without changing what was said."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from learners.common.languages import available, columns
from learners.models import Wording
from learners.wording import WordingError, slots_of

TRANSLATED = ("title", "text")


class SlotsDiffer(WordingError):
    """The languages of a wording must speak of the same things, or some reader would miss a number."""


def replace_wording(*, wording: Wording, texts: Mapping[str, str], requires: Sequence[str] | None = None) -> Wording:
    """Put a new version in the place of ``wording``; the old one rests but stays sayable.

    ``texts`` holds the columns that change, e.g. ``title_nb``; all others are taken over.

    :raises SlotsDiffer: if a text uses a slot that the old wording's callers do not fill.
    :raises WordingError: if a text is malformed.
    """
    names = [name for field in TRANSLATED for name in columns(field)]
    unknown = set(texts) - set(names)
    if unknown:
        raise ValueError(f"A wording has no texts {sorted(unknown)}; it has {names}.")
    with transaction.atomic():
        siblings = Wording.objects.select_for_update().filter(
            purpose=wording.purpose, kind=wording.kind, origin=wording.origin, variant=wording.variant
        )
        old = siblings.get(pk=wording.pk)
        values = {name: texts.get(name, _stored(old, name)) for name in names}
        _refuse_new_slots(old, values, names)
        newest = siblings.aggregate(newest=Max("version"))["newest"]
        siblings.update(is_active=False)
        return Wording.objects.create(
            purpose=old.purpose,
            kind=old.kind,
            origin=old.origin,
            variant=old.variant,
            version=newest + 1,
            requires=old.requires if requires is None else list(requires),
            **values,
        )


def _stored(wording: Wording, column: str) -> str | None:
    """Return the very column; the plain name of a translated field would answer in the active language."""
    text: str | None = (
        wording.__dict__.get(column) if column in TRANSLATED and available() else getattr(wording, column)
    )
    return text


def _refuse_new_slots(old: Wording, values: Mapping[str, str | None], names: Sequence[str]) -> None:
    filled = frozenset[str]().union(*(slots_of(_stored(old, name) or "") for name in names))
    for name, text in values.items():
        strange = slots_of(text or "") - filled
        if strange:
            raise SlotsDiffer(f"{name} has the slots {sorted(strange)}, which nobody fills.")
