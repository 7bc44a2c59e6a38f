"""Examples of every text, as a learner would read them."""

from django.utils import translation

from challenges.models import ChallengeType
from challenges.selectors.rules import PURPOSE
from learners.api import Category, WordingError, active_wordings, render

_NUMBERS: dict[str, str | int | None] = {"n": 8, "d": 3, "r": 7, "min": 4, "pct": 72}


def samples(language: str) -> list[str]:
    """Return "language type origin: title – text" of each active text, with the site's first topic in its slots."""
    with translation.override(language):
        topic = Category.objects.filter(is_enabled=True).order_by("position", "pk").first()
        slots = _NUMBERS | _topic_words(topic)
        kinds = list(ChallengeType.objects.order_by("position", "pk").values_list("code", flat=True))
        rows = active_wordings(purpose=PURPOSE).filter(kind__in=kinds)
        ordered = sorted(rows, key=lambda row: kinds.index(row.kind))
        return [
            f"{language} {row.kind} {row.origin}: {_rendered(row.title, row.text, slots, language)}" for row in ordered
        ]


def _topic_words(topic: Category | None) -> dict[str, str | int | None]:
    if topic is None:
        return {"kat": None, "kat_def": None}
    bare = topic.bare or topic.label or topic.code
    return {"kat": bare, "kat_def": topic.definite or bare}


def _rendered(title: str, text: str, slots: dict[str, str | int | None], language: str) -> str:
    try:
        return f"{render(title, slots, language)} – {render(text, slots, language)}"
    except WordingError as error:
        return f"cannot be read: {error}"
