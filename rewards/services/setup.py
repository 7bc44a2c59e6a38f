"""Give a site its default prices and levels; what an editor changed stays as it is."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from learners.common.bulk import insert_new
from learners.common.languages import localized
from rewards.levels import default_thresholds
from rewards.models import Level, Price
from rewards.seeds import PRICES, PriceSeed
from rewards.selectors.tariffs import forget


def setup(*, now: datetime) -> dict[str, int]:
    """Add the default prices by code, and the default levels where there are none; return how many were new.

    Levels are one curve: a site that has its own gets no rungs of ours between them.
    """
    with transaction.atomic():
        prices = len(insert_new(Price, [_price(seed) for seed in PRICES], conflict=["code"]))
        levels = 0 if Level.objects.exists() else len(insert_new(Level, _levels(), conflict=["number"]))
    forget()
    return {"prices": prices, "levels": levels}


def _price(seed: PriceSeed) -> dict[str, Any]:
    return {
        "code": seed.code,
        "base": Decimal(seed.base),
        "scale": Decimal(seed.scale),
        "most_per_award": seed.most,
        "daily_cap": seed.daily_cap,
        "full_times": seed.full_times,
        "later_share": Decimal("0.50"),
        "is_active": True,
        **localized("name", {"nb": seed.nb, "nn": seed.nn, "en": seed.en}),
    }


def _levels() -> list[dict[str, Any]]:
    unnamed = localized("name", {"nb": "", "nn": "", "en": ""})
    return [{"number": level.number, "xp_from": level.xp_from, **unnamed} for level in default_thresholds()]
