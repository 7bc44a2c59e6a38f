from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]
MOST_PER_DAY = 8


class Unit(models.TextChoices):
    QUESTIONS = "questions", _("questions")
    DAYS = "days", _("days")
    ROUND = "round", _("questions in one faultless round")


UNITS = {"streak": Unit.DAYS, "perfect_score": Unit.ROUND}  # how progress counts; all others count questions


class ChallengeType(models.Model):
    """A kind of challenge: what it pays, how much it may ask and how readily it is chosen."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Never translated; logic keys on it."))
    name = models.CharField(_("name"), max_length=80)
    base_xp = models.SmallIntegerField(_("base XP"), validators=[MinValueValidator(1), MaxValueValidator(10_000)])
    ml_weight = models.FloatField(
        _("weight in the personal choice"),
        validators=[MinValueValidator(0.0), MaxValueValidator(10.0)],
        help_text=_("Twice the weight is chosen twice as often where both fit."),
    )
    requirement_min = models.SmallIntegerField(_("least requirement"), validators=[MinValueValidator(1)])
    requirement_max = models.SmallIntegerField(_("greatest requirement"), validators=[MaxValueValidator(100)])
    unit = models.CharField(_("unit"), max_length=9, choices=Unit, default=Unit.QUESTIONS)
    scales = models.BooleanField(
        _("scales with difficulty"), default=True, help_text=_("Off: the same for beginners and experts.")
    )
    needs_category = models.BooleanField(_("needs a category"), default=False)
    days_in_a_row = models.BooleanField(
        _("days in a row"), default=True, help_text=_("For streaks. Off: any days of the week count.")
    )
    is_enabled = models.BooleanField(_("enabled"), default=True)
    position = models.SmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("challenge type")
        verbose_name_plural = _("challenge types")
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement_min__gte=1, requirement_max__gte=F("requirement_min")),
                name="gam_cha_type_range",
                violation_error_message=_("The least requirement is at least 1 and not above the greatest."),
            ),
            models.CheckConstraint(
                condition=Q(base_xp__gte=1, ml_weight__gte=0),
                name="gam_cha_type_pays",
                violation_error_message=_("The base XP is at least 1, the weight not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def clean(self) -> None:
        """Refuse a unit in which progress is not counted: learners would read one thing and be paid for another."""
        super().clean()
        counted = UNITS.get(self.code, Unit.QUESTIONS)
        if self.unit != counted:
            raise ValidationError(
                {"unit": _("Progress of this type is counted in: %(unit)s.") % {"unit": counted.label}}
            )


class XPVersion(models.TextChoices):
    V1 = "v1", _("v1: base × difficulty × weight")
    V2 = "v2", _("v2: base × weight × (0.7 + 0.6 × difficulty)")


class ChallengeSettings(models.Model):
    """What an administrator decides about daily challenges; the site has exactly one row."""

    singleton = models.BooleanField(default=True, editable=False, unique=True)
    per_day = models.SmallIntegerField(
        _("challenges a day"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MOST_PER_DAY)]
    )
    difficulty_min = models.FloatField(_("least difficulty"), default=0.2, validators=SHARE)
    difficulty_max = models.FloatField(_("greatest difficulty"), default=0.9, validators=SHARE)
    xp_version = models.CharField(_("XP formula"), max_length=2, choices=XPVersion, default=XPVersion.V1)
    xp_multiplier = models.DecimalField(
        _("XP multiplier"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("0.10")), MaxValueValidator(Decimal("9.99"))],
    )
    automation_on = models.BooleanField(
        _("automatic"), default=True, help_text=_("Off: challenges appear only when someone generates them.")
    )
    ml_on = models.BooleanField(
        _("personal choice"), default=True, help_text=_("Off: everyone gets challenges by rules.")
    )
    fallback_on = models.BooleanField(
        _("choice by rules"), default=True, help_text=_("Off: who cannot be served personally gets a short first quiz.")
    )
    randomized_fallback_share = models.FloatField(
        _("share drawn into the rules"),
        default=0.10,
        validators=SHARE,
        help_text=_("By lot, each day, so that the personal choice can be compared fairly; 0 is allowed."),
    )
    min_answers = models.IntegerField(
        _("answers needed for the personal choice"), default=30, validators=[MinValueValidator(0)]
    )
    min_category_answers = models.IntegerField(
        _("answers needed in a category to count it"), default=5, validators=[MinValueValidator(1)]
    )
    min_categories = models.IntegerField(
        _("categories needed for the personal choice"), default=3, validators=[MinValueValidator(1)]
    )
    inactivity_days = models.SmallIntegerField(
        _("inactivity days"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("Who has been away longer gets the day's challenges at first sight instead of at midnight."),
    )
    retention_days = models.SmallIntegerField(
        _("days to keep"), default=30, validators=[MinValueValidator(8)], help_text=_("Of challenges not completed.")
    )
    mails_summary = models.BooleanField(
        _("mails a summary"), default=False, help_text=_("To ADMINS after each generation; failures are always mailed.")
    )
    answers_explained = models.BooleanField(
        _("answers are explained"),
        default=False,
        help_text=_("On when the site explains each answer; texts that promise it are used only then."),
    )
    updated_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("challenge settings")
        verbose_name_plural = _("challenge settings")
        constraints = [
            models.CheckConstraint(condition=Q(singleton=True), name="gam_cha_settings_single"),
            models.CheckConstraint(
                condition=Q(difficulty_min__lte=F("difficulty_max"), per_day__gte=1, per_day__lte=MOST_PER_DAY),
                name="gam_cha_settings_range",
                violation_error_message=_("The least difficulty must not be above the greatest."),
            ),
            models.CheckConstraint(
                condition=Q(randomized_fallback_share__gte=0, randomized_fallback_share__lte=1),
                name="gam_cha_settings_share",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Daily challenges"))
