"""Texts of challenges under the specification's name, in Bokmål; what made a challenge is a field, not a prefix."""

import math

from django.utils import translation
from django.utils.translation import gettext as _

from challenges import completion
from challenges.selectors import registries
from challenges.selectors.registries import Template
from learners.api import WordingError, render, slots_of

LANGUAGE = "nb"
LEAST_TARGET, EASIEST_TARGET, TARGET_STEP = 0.70, 0.85, 0.10  # shares right that the specification asks for
ALWAYS_TRUE = frozenset({"in_a_row"})  # of the types as shipped
NUMBER_SLOTS = frozenset({"n", "d"})
TOPIC_SLOTS = frozenset({"kat", "kat_def"})

Slots = dict[str, str | int | None]


class ChallengeTemplateEngine:
    """Says a challenge; the same arguments give the same words."""

    @staticmethod
    def generate_challenge_text(
        challenge_type: str,
        requirement_value: int,
        category: str | None = None,
        difficulty: float = 0.5,
        is_ml_generated: bool = True,
    ) -> dict[str, str]:
        """Return title and description in Norwegian with the number and, if given, the topic's name.

        Only texts that are true of every learner are used. A type without a text is called the day's challenge.
        """
        with translation.override(LANGUAGE):
            slots = _slots(challenge_type, requirement_value, category, difficulty)
            said = _said(challenge_type, slots, "ml" if is_ml_generated else "fallback", round(difficulty * 10))
            return _complete(said, slots)


def _slots(challenge_type: str, requirement: int, category: str | None, difficulty: float) -> Slots:
    row = registries.category_by_code(category) if category else None
    right, minutes = completion.speed_target(requirement)
    if challenge_type == "accuracy_challenge":
        share = min(max(LEAST_TARGET, EASIEST_TARGET + TARGET_STEP * difficulty), 1.0)
        right = math.ceil(requirement * share - 1e-9)
    return {
        "n": requirement,
        "d": requirement,
        "r": right,
        "min": minutes,
        "kat": (row.bare or row.label) if row else category,
        "kat_def": (row.definite or row.bare or row.label) if row else category,
    }


def _said(challenge_type: str, slots: Slots, origin: str, turn: int) -> tuple[str, str]:
    """Return one of the fitting texts, another for another number or difficulty."""
    fitting = [text for text in registries.templates(challenge_type, language=LANGUAGE) if _fits(text, slots)]
    own = [text for text in fitting if text.origin == origin] or fitting
    about = [text for text in own if bool(slots["kat"]) == bool(_slots_of(text) & TOPIC_SLOTS)] or own
    if not about:
        return _("Daily challenge"), _("Requirement: %(number)s.") % {"number": slots["n"]}
    text = about[(int(slots["n"] or 0) + turn) % len(about)]
    return render(text.title, slots, LANGUAGE), render(text.text, slots, LANGUAGE)


def _fits(text: Template, slots: Slots) -> bool:
    asked = _slots_of(text)
    known = {name for name, value in slots.items() if value is not None}
    return bool(asked & NUMBER_SLOTS) and asked <= known and ALWAYS_TRUE.issuperset(text.requires)


def _slots_of(text: Template) -> frozenset[str]:
    try:
        return slots_of(text.title) | slots_of(text.text)
    except WordingError:
        return frozenset({"malformed"})


def _complete(said: tuple[str, str], slots: Slots) -> dict[str, str]:
    title, description = said
    named = f"{title} {description}".lower()
    names = [str(slots[name]).lower() for name in TOPIC_SLOTS if slots[name]]
    if names and not any(name in named for name in names):
        description = f"{description} " + _("Topic: %(topic)s.") % {"topic": slots["kat"]}
    return {"title": title, "description": description}
