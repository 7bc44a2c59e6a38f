import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learners import days


class AgeBand(models.TextChoices):
    UNKNOWN = "unknown", _("unknown")
    MINOR = "minor", _("minor")
    ADULT = "adult", _("adult")


class LearnerProfile(models.Model):
    """A person who learns. Everything we store points here; only this row knows the host's user."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="gamification_profile",
        verbose_name=_("user"),
    )
    display_name = models.CharField(_("display name"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", help_text=_("IANA name, e.g. Europe/Oslo; it decides the day.")
    )
    next_zone = models.CharField(_("next time zone"), max_length=64, blank=True)
    next_zone_at = models.DateTimeField(
        _("next time zone from"), null=True, blank=True, help_text=_("The local midnight at which it takes effect.")
    )
    age_band = models.CharField(
        _("age band"),
        max_length=8,
        choices=AgeBand,
        default=AgeBand.UNKNOWN,
        help_text=_("Unknown gets the site's default protection."),
    )
    personalized = models.BooleanField(
        _("personal choice of practice"), default=True, help_text=_("Off: practice is chosen by rules for everyone.")
    )
    created_at = models.DateTimeField(_("created at"))
    forgotten_at = models.DateTimeField(
        _("forgotten at"), null=True, blank=True, help_text=_("Set when the person asked to be erased.")
    )

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        indexes = [
            models.Index(
                fields=["next_zone_at"], name="gam_lea_zone_due", condition=models.Q(next_zone_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.display_name or f"#{self.pk}"

    def zone_at(self, now: datetime) -> str:
        """Return the time zone in force at ``now``."""
        return days.effective_zone(self.zone, self.next_zone, self.next_zone_at, now)

    def local_date(self, now: datetime) -> date:
        """Return the learner's own calendar day at ``now``."""
        return days.local_date(self.zone_at(now), now)


class LearnerIdentity(models.Model):
    """The name under which a source knows a learner."""

    learner = models.ForeignKey(LearnerProfile, models.CASCADE, related_name="identities", verbose_name=_("learner"))
    source = models.ForeignKey(
        "gamification_learners.Source", models.PROTECT, related_name="+", db_index=False, verbose_name=_("source")
    )
    external_id = models.CharField(_("external id"), max_length=150)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="gam_lea_identity_uniq")]

    def __str__(self) -> str:
        return self.external_id


class LearnerState(models.Model):
    """What is known of a learner across all categories; moved by every answer, one row a learner."""

    learner = models.OneToOneField(
        LearnerProfile, models.CASCADE, primary_key=True, related_name="state", verbose_name=_("learner")
    )
    n_answers = models.IntegerField(_("answers"), default=0)
    n_correct = models.IntegerField(_("correct answers"), default=0)
    theta = models.FloatField(_("ability"), default=0.0, help_text=_("Logits above the average learner."))
    residual = models.FloatField(_("residual"), default=0.0, help_text=_("Sum of answer − chance by item."))
    recent = models.BigIntegerField(
        _("recent results"), default=0, help_text=_("The last 20 answers as bits, the newest lowest.")
    )
    last_at = models.DateTimeField(_("last activity at"), null=True, blank=True)
    streak = models.IntegerField(_("streak"), default=0, help_text=_("Days in a row up to the streak's day."))
    best_streak = models.IntegerField(_("longest streak"), default=0)
    streak_date = models.DateField(_("streak's day"), null=True, blank=True)
    freeze_month = models.DateField(_("month of the freezes"), null=True, blank=True)
    freezes_used = models.SmallIntegerField(_("freezes used this month"), default=0)
    version = models.IntegerField(_("version"), default=0, help_text=_("Grows with every change."))

    class Meta:
        verbose_name = _("learner state")
        verbose_name_plural = _("learner states")

    def __str__(self) -> str:
        return f"#{self.pk}"
