"""Giving words to challenges that administrators write."""

from django.db import transaction
from django.db.models import Max

from challenges.models import ManualChallenge
from learners.api import Wording
from learners.common.languages import available, columns

PURPOSE = "challenge-by-hand"  # never chosen for anything else
ORIGIN = "manual"


def say_as_written(*, manual: ManualChallenge) -> ManualChallenge:
    """Make title and text a wording, so that challenges given earlier keep the words that they had.

    Unchanged words keep their wording; without any the challenge is worded as all of its type.
    """
    texts = {name: _stored(manual, name) for field in ("title", "text") for name in columns(field)}
    with transaction.atomic():
        manual = ManualChallenge.objects.select_for_update().get(pk=manual.pk)
        wording = _wording_of(manual, texts) if any(texts.values()) else None
        manual.wording = wording
        manual.save(update_fields=["wording"])
    return manual


def _wording_of(manual: ManualChallenge, texts: dict[str, str | None]) -> Wording:
    kind = f"by-hand-{manual.pk}"
    if manual.wording is not None and {name: _stored(manual.wording, name) for name in texts} == texts:
        return manual.wording
    newest = Wording.objects.filter(purpose=PURPOSE, kind=kind).aggregate(newest=Max("version"))["newest"]
    return Wording.objects.create(
        purpose=PURPOSE, kind=kind, origin=ORIGIN, variant=1, version=(newest or 0) + 1, **texts
    )


def _stored(row: ManualChallenge | Wording, column: str) -> str | None:
    """Return the very column; the plain name of a translated field would answer in the active language."""
    text: str | None = row.__dict__.get(column) if available() else getattr(row, column)
    return text
