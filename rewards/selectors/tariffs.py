"""Prices and levels as arithmetic takes them. They change rarely, so each process keeps them for some seconds."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rewards.conf import reward_settings
from rewards.errors import RewardsError
from rewards.levels import Threshold
from rewards.models import Level, Price
from rewards.pricing import Tariff, quote


class UnknownPrice(RewardsError):
    """The price list has no such deed."""

    status, code = 404, "unknown-price"
    title = _("The price list has no such entry.")


@dataclass(frozen=True, slots=True)
class Tariffs:
    """The price list (active prices by code) and the levels, rising."""

    prices: Mapping[str, Tariff]
    levels: tuple[Threshold, ...]


_kept: tuple[float, Tariffs] | None = None


def tariffs() -> Tariffs:
    """Return the prices and levels in force, at most ``price_cache_seconds`` old."""
    global _kept
    kept = _kept
    seconds = reward_settings().price_cache_seconds
    if kept is not None and time.monotonic() - kept[0] < seconds:
        return kept[1]
    fresh = Tariffs(prices=_prices(), levels=_levels())
    _kept = (time.monotonic(), fresh) if seconds else None
    return fresh


def price_of(*, code: str, quantity: Decimal | int = 0) -> int:
    """Return what one deed of kind ``code`` pays in XP on a day without earlier ones.

    :raises UnknownPrice: if no active price has this code.
    """
    tariff = tariffs().prices.get(code)
    if tariff is None:
        raise UnknownPrice()
    return quote(tariff, quantity=quantity).xp


def forget() -> None:
    """Read prices and levels anew next time; other processes follow within ``price_cache_seconds``."""
    global _kept
    _kept = None


def _prices() -> dict[str, Tariff]:
    return {
        row.code: Tariff(
            code=row.code,
            base=row.base,
            scale=row.scale,
            most_per_award=row.most_per_award,
            daily_cap=row.daily_cap,
            full_times=row.full_times,
            later_share=row.later_share,
        )
        for row in Price.objects.filter(is_active=True)
    }


def _levels() -> tuple[Threshold, ...]:
    rows = Level.objects.order_by("xp_from").values_list("xp_from", "number")
    return tuple(Threshold(xp_from=xp_from, number=number) for xp_from, number in rows)
