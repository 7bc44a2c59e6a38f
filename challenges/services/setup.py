"""Give a site its challenge types, texts and settings; what an editor changed stays as it is."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from challenges.models import ChallengeSettings, ChallengeType
from challenges.seeds.types import TYPES, TypeSeed
from challenges.seeds.wordings import WORDINGS, WordingSeed
from challenges.selectors.rules import PURPOSE
from learners.api import Wording
from learners.common.bulk import insert_new
from learners.common.languages import OURS, localized, localized_all

SLOT = ("purpose", "kind", "origin", "variant", "version")


def setup(*, now: datetime) -> dict[str, int]:
    """Add the rows that are missing, by code, and return how many were new."""
    with transaction.atomic():
        _, made = ChallengeSettings.objects.get_or_create(singleton=True, defaults={"updated_at": now})
        types = insert_new(
            ChallengeType, [_type_row(seed, place) for place, seed in enumerate(TYPES)], conflict=["code"]
        )
        wordings = insert_new(Wording, _wording_rows(), conflict=SLOT)
    return {"challenge_settings": int(made), "challenge_types": len(types), "challenge_wordings": len(wordings)}


def _type_row(seed: TypeSeed, place: int) -> dict[str, Any]:
    return {
        "code": seed.code,
        "base_xp": seed.base_xp,
        "ml_weight": seed.ml_weight,
        "requirement_min": seed.requirement[0],
        "requirement_max": seed.requirement[1],
        "unit": seed.unit,
        "scales": seed.scales,
        "needs_category": seed.needs_category,
        "days_in_a_row": True,
        "is_enabled": True,
        "position": place,
        **localized("name", {code: getattr(seed, code) for code in OURS}),
    }


def _wording_rows() -> list[dict[str, Any]]:
    """Return the texts, numbered within their type and origin in the order of the file."""
    numbers: Counter[tuple[str, str]] = Counter()
    rows = []
    for seed in WORDINGS:
        numbers[seed.kind, seed.origin] += 1
        rows.append(_wording_row(seed, numbers[seed.kind, seed.origin]))
    return rows


def _wording_row(seed: WordingSeed, variant: int) -> dict[str, Any]:
    pairs = {code: getattr(seed, code) for code in OURS}
    return {
        "purpose": PURPOSE,
        "kind": seed.kind,
        "origin": seed.origin,
        "variant": variant,
        "version": 1,
        "requires": list(seed.requires),
        "is_active": True,
        **localized_all(
            {
                "title": {code: pair[0] for code, pair in pairs.items()},
                "text": {code: pair[1] for code, pair in pairs.items()},
            }
        ),
    }
