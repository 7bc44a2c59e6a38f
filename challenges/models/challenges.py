from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models.rules import ChallengeType

LEARNER = "gamification_learners.LearnerProfile"
CATEGORY = "gamification_learners.Category"
WORDING = "gamification_learners.Wording"
OPEN_DAYS = 7  # its own day and six more


class Origin(models.IntegerChoices):
    """What chose a challenge."""

    ML = 1, _("personal choice")
    FALLBACK = 2, _("rules")
    ONBOARDING = 3, _("first quiz")
    MANUAL = 4, _("administrator")


class Status(models.IntegerChoices):
    OPEN = 0, _("open")
    COMPLETED = 1, _("completed")
    ABANDONED = 2, _("abandoned")


class Challenge(models.Model):
    """What one learner is asked to do on one day; the criterion is copied here, so later edits cannot move it.

    The references are not checked by the database row by row: the check costs more than the write when a million
    learners get their day, learners and wordings are never deleted, and types and categories are protected.
    """

    learner = models.ForeignKey(
        LEARNER,
        models.PROTECT,
        related_name="challenges",
        db_index=False,
        db_constraint=False,
        verbose_name=_("learner"),
    )
    local_date = models.DateField(_("learner's day"))
    slot = models.SmallIntegerField(_("slot"), help_text=_("Place within the day, from 0."))
    type = models.ForeignKey(
        ChallengeType, models.PROTECT, related_name="+", db_index=False, db_constraint=False, verbose_name=_("type")
    )
    category = models.ForeignKey(
        CATEGORY,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("category"),
        help_text=_("Empty: all topics count."),
    )
    wording = models.ForeignKey(
        WORDING,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("wording"),
    )
    requirement = models.SmallIntegerField(_("requirement"), help_text=_("In the type's unit."))
    target_correct = models.SmallIntegerField(_("right answers needed"), null=True, blank=True)
    minutes = models.SmallIntegerField(_("minutes"), null=True, blank=True)
    in_a_row = models.BooleanField(_("days in a row"), default=False, db_default=False)
    xp = models.IntegerField(_("XP"))
    bonus = models.IntegerField(_("bonus"))
    difficulty = models.FloatField(_("difficulty"), help_text=_("0–1"))
    source = models.SmallIntegerField(_("chosen by"), choices=Origin)
    randomized = models.BooleanField(
        _("drawn by lot"), help_text=_("On: chance decided between personal choice and rules.")
    )
    model_version = models.CharField(_("model"), max_length=40)
    propensity = models.FloatField(_("propensity"), help_text=_("Chance of this source and type, 0–1."))
    predicted_completion = models.FloatField(_("predicted completion"), help_text=_("0–1"))
    reasons = models.IntegerField(_("reasons"), help_text=_("Bits; see challenges.reasons."))
    skill_version = models.IntegerField(_("skill version"), help_text=_("Of the learner's state when chosen."))
    status = models.SmallIntegerField(_("status"), choices=Status, default=Status.OPEN, db_default=Status.OPEN.value)
    progress = models.SmallIntegerField(_("progress"), default=0, db_default=0)
    answered = models.SmallIntegerField(
        _("answered"), default=0, db_default=0, help_text=_("In the attempt under way, where answers must be right.")
    )
    attempt_at = models.DateTimeField(_("attempt began at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    reopened_at = models.DateTimeField(
        _("reopened at"), null=True, blank=True, help_text=_("When the learner took a missed day up again.")
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        constraints = [
            models.UniqueConstraint(fields=["learner", "local_date", "slot"], name="gam_cha_slot_uniq"),
            models.CheckConstraint(
                condition=models.Q(requirement__gte=1, xp__gte=0, bonus__gte=0), name="gam_cha_challenge_pays"
            ),
            models.UniqueConstraint(
                fields=["learner", "slot"],
                condition=models.Q(reopened_at__isnull=False, status=Status.OPEN.value),
                name="gam_cha_one_reopened",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.learner_id} {self.local_date} {self.slot}"

    @property
    def last_date(self) -> date:
        """Return the last day on which it can be completed."""
        return self.local_date + timedelta(days=OPEN_DAYS - 1)
