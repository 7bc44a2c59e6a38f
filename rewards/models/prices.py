from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Level(models.Model):
    """A level and the XP from which it is reached."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True, validators=[MinValueValidator(1)])
    xp_from = models.BigIntegerField(_("from XP"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True, help_text=_("Empty: the number is shown."))

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, xp_from=0) | Q(number__gt=1, xp_from__gt=0), name="gam_rew_level_from_zero"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.number)


class Price(models.Model):
    """What one kind of deed pays in XP: base + scale × quantity, within its limits."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("The reason written on the ledger."))
    name = models.CharField(_("name"), max_length=80, blank=True)
    base = models.DecimalField(
        _("base"),
        max_digits=9,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(Decimal("0.00"))],
    )
    scale = models.DecimalField(
        _("scale"),
        max_digits=9,
        decimal_places=3,
        default=Decimal("0.000"),
        validators=[MinValueValidator(Decimal("0.000"))],
        help_text=_("XP per question, minute or whatever is counted."),
    )
    most_per_award = models.PositiveIntegerField(
        _("most per award"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    daily_cap = models.PositiveIntegerField(
        _("most per day"), null=True, blank=True, help_text=_("XP a learner gets of it in one day; empty: no limit.")
    )
    full_times = models.PositiveIntegerField(
        _("times at full price"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("After so many in a day, and after as many again, the price falls; empty: it never falls."),
    )
    later_share = models.DecimalField(
        _("share paid later"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.50"),
        validators=[MinValueValidator(Decimal("0.00")), MaxValueValidator(Decimal("1.00"))],
        help_text=_("0–1; what each fall leaves of the price."),
    )
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Off: it pays nothing."))

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(base__gte=0, scale__gte=0), name="gam_rew_price_positive"),
            models.CheckConstraint(condition=Q(later_share__gte=0, later_share__lte=1), name="gam_rew_price_share"),
            models.CheckConstraint(
                condition=Q(full_times__isnull=True) | Q(full_times__gt=0), name="gam_rew_price_times"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code
