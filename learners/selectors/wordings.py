"""Which wordings there are, and what they say in a language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation

from learners.models import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """The two texts of a wording in one language, slots still open."""

    title: str
    text: str


def active_wordings(*, purpose: str, kind: str | None = None, origin: str | None = None) -> QuerySet[Wording]:
    """Return the wordings that may be chosen, in a steady order."""
    found = Wording.objects.filter(purpose=purpose, is_active=True)
    if kind is not None:
        found = found.filter(kind=kind)
    if origin is not None:
        found = found.filter(origin=origin)
    return found.order_by("kind", "origin", "variant", "version")


def wordings_for(ids: Iterable[int], language: str) -> dict[int, Worded]:
    """Return what the wordings ``ids`` say in ``language``, old versions included; falls back as the site does."""
    with translation.override(language):
        return {
            wording.pk: Worded(title=wording.title, text=wording.text)
            for wording in Wording.objects.filter(pk__in=set(ids))
        }
