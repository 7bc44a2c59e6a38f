import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A system that may send graded activities: the site's own quiz, a learning management system."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    namespace = models.UUIDField(default=uuid.uuid4, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    creates_categories = models.BooleanField(
        _("may create categories"), default=True, help_text=_("Off: an unknown category refuses the batch.")
    )

    learner_ids_are_users = models.BooleanField(
        _("names learners by this site's user keys"), default=False, help_text=_("On for the site's own quiz.")
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class SourceKey(models.Model):
    """A secret with which a source signs in; only its hash is stored."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="keys", verbose_name=_("source"))
    sha256 = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    hint = models.CharField(_("starts with"), max_length=8, editable=False)
    created_at = models.DateTimeField(_("created at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("source key")
        verbose_name_plural = _("source keys")

    def __str__(self) -> str:
        return f"{self.hint}…"


class Category(models.Model):
    """A topic that answers belong to."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Never translated; logic keys on it."))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    label = models.CharField(_("label"), max_length=120, blank=True, help_text=_("On its own: Trafikkskilt."))
    bare = models.CharField(_("bare form"), max_length=120, blank=True, help_text=_("After «om»: trafikkskilt."))
    definite = models.CharField(
        _("definite form"), max_length=120, blank=True, help_text=_("After «repeter»: trafikkskiltene.")
    )
    description = models.TextField(_("description"), blank=True)
    weight = models.DecimalField(
        _("weight"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("0.10")), MaxValueValidator(Decimal("9.99"))],
        help_text=_("How hard the topic is; multiplies XP."),
    )
    exam_share = models.FloatField(
        _("share of the exam"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_("0–1; empty: the topics without one share the rest equally."),
    )
    is_enabled = models.BooleanField(_("enabled"), default=True, help_text=_("Off: no challenges about it."))
    position = models.IntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.CheckConstraint(condition=models.Q(weight__gt=0), name="gam_lea_weight_positive")]

    def __str__(self) -> str:
        return self.label or self.code


class Item(models.Model):
    """A question as its source names it; the question itself belongs to the host."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="items", db_index=False, verbose_name=_("source"))
    key = models.CharField(_("key"), max_length=64)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("category")
    )

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="gam_lea_item_uniq")]

    def __str__(self) -> str:
        return self.key
