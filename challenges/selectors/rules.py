"""The rules as the administrator's rows say them, in five statements."""

import numpy as np

from challenges.models import ChallengeSettings, ChallengeType
from challenges.rules import CLAIMS, Claim, Rules, TypeRule, WordingRule, exam_shares
from challenges.selectors.manual import manual_rules
from learners.api import Category, Wording, WordingError, slots_of

PURPOSE = "challenge"
TOPIC_SLOTS = frozenset({"kat", "kat_def"})


def current_settings() -> ChallengeSettings:
    """Return the site's row, or the defaults while there is none."""
    return ChallengeSettings.objects.first() or ChallengeSettings()


def rules_in_force() -> Rules:
    """Return types, topics, texts and settings as they are now."""
    settings = current_settings()
    categories = list(
        Category.objects.filter(is_enabled=True).order_by("position", "pk").values_list("pk", "weight", "exam_share")
    )
    types, category_ids = type_rules(), [pk for pk, _, _ in categories]
    return Rules(
        types=types,
        wordings=wording_rules(),
        category_ids=np.array(category_ids, dtype=np.int64),
        category_weights=np.array([int(weight * 100) for _, weight, _ in categories], dtype=np.int64),
        exam_shares=exam_shares([share for _, _, share in categories]),
        per_day=settings.per_day,
        difficulty_min=round(settings.difficulty_min * 1_000),
        difficulty_max=round(settings.difficulty_max * 1_000),
        xp_version=settings.xp_version,
        xp_multiplier=int(settings.xp_multiplier * 100),
        automation_on=settings.automation_on,
        ml_on=settings.ml_on,
        fallback_on=settings.fallback_on,
        randomized_fallback_share=settings.randomized_fallback_share,
        min_answers=settings.min_answers,
        min_category_answers=settings.min_category_answers,
        min_categories=settings.min_categories,
        inactivity_days=settings.inactivity_days,
        answers_explained=settings.answers_explained,
        manual=manual_rules([rule.id for rule in types], category_ids),
    )


def type_rules() -> tuple[TypeRule, ...]:
    """Return all types, the disabled ones too, in the editor's order."""
    return tuple(
        TypeRule(
            id=row.pk,
            code=row.code,
            base_xp=row.base_xp,
            ml_weight=row.ml_weight,
            low=row.requirement_min,
            high=row.requirement_max,
            scales=row.scales,
            needs_category=row.needs_category,
            days_in_a_row=row.days_in_a_row,
            is_enabled=row.is_enabled,
        )
        for row in ChallengeType.objects.order_by("position", "pk")
    )


def wording_rules() -> tuple[WordingRule, ...]:
    """Return the active texts with their claims; one that is malformed or claims the unknown is never chosen."""
    rows = Wording.objects.filter(purpose=PURPOSE, is_active=True).order_by("kind", "origin", "variant", "version")
    return tuple(
        WordingRule(id=row.pk, kind=row.kind, origin=row.origin, claims=claims_of(row.title, row.text, row.requires))
        for row in rows
    )


def claims_of(title: str, text: str, requires: list[str]) -> int:
    """Return what must be true of a learner to be told this, as bits of `Claim`."""
    try:
        slots = slots_of(title) | slots_of(text)
    except WordingError:
        return int(Claim.UNKNOWN)
    bits = Claim.NAMES_CATEGORY if slots & TOPIC_SLOTS else Claim.NAMES_NO_CATEGORY
    for name in requires:
        bits |= CLAIMS.get(name, Claim.UNKNOWN)
    return int(bits)
