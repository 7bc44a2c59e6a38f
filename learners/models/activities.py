from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.models.catalogue import Category, Item, Source
from learners.models.people import LearnerProfile


class ActivityKind(models.Model):
    """A kind of activity beyond those every site has (answer, lesson, contribution)."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    graded = models.BooleanField(
        _("graded"), default=False, help_text=_("On: it is right or wrong and moves the skill.")
    )

    class Meta:
        verbose_name = _("activity kind")
        verbose_name_plural = _("activity kinds")

    def __str__(self) -> str:
        return self.name


class RoundKind(models.TextChoices):
    PRACTICE = "practice", _("practice")
    MOCK_TEST = "mock_test", _("mock test")


class Round(models.Model):
    """A set of answers that belong together; only a closed round counts as a quiz."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False, verbose_name=_("source"))
    client_id = models.CharField(_("client id"), max_length=64)
    learner = models.ForeignKey(LearnerProfile, models.PROTECT, related_name="rounds", verbose_name=_("learner"))
    kind = models.CharField(_("kind"), max_length=10, choices=RoundKind, default=RoundKind.PRACTICE)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("category")
    )
    planned = models.SmallIntegerField(_("planned length"), help_text=_("Questions, fixed at opening."))
    answered = models.SmallIntegerField(_("answered"), default=0)
    correct = models.SmallIntegerField(_("correct"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0, help_text=_("Summed over its answers."))
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["source", "client_id"], name="gam_lea_round_uniq"),
            models.CheckConstraint(
                condition=models.Q(answered__lte=models.F("planned"), correct__lte=models.F("answered")),
                name="gam_lea_round_counts",
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at"], name="gam_lea_round_open", condition=models.Q(closed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.client_id} ({self.answered}/{self.planned})"

    @property
    def score(self) -> float | None:
        """Return the share of right answers of a closed round, 0–1."""
        if self.closed_at is None or not self.planned:
            return None
        return self.correct / self.planned


class Activity(models.Model):
    """Something a learner did, as a source reported it; rows are added, and only ``outcome`` may change."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False, verbose_name=_("source"))
    client_id = models.CharField(_("client id"), max_length=64, help_text=_("Made by the sender, once per activity."))
    body_sha256 = models.CharField(_("hash of the body"), max_length=64)
    learner = models.ForeignKey(
        LearnerProfile, models.PROTECT, related_name="activities", db_index=False, verbose_name=_("learner")
    )
    kind = models.CharField(_("kind"), max_length=20)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("category")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("item")
    )
    correct = models.BooleanField(_("correct"), null=True, blank=True, help_text=_("Empty: not graded."))
    value = models.FloatField(_("value"), null=True, blank=True)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("round")
    )
    seconds = models.FloatField(_("seconds"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"))
    occurred_at = models.DateTimeField(_("occurred at"), help_text=_("As the sender says."))
    trusted_time = models.BooleanField(_("time is trusted"), default=True)
    zone = models.CharField(_("time zone"), max_length=64)
    local_date = models.DateField(_("learner's day"), help_text=_("Frozen at receipt."))
    predicted = models.FloatField(
        _("predicted"), null=True, blank=True, help_text=_("Chance of a right answer, before it was known; 0–1.")
    )
    predicted_by = models.CharField(_("predicted by"), max_length=40, blank=True)
    outcome = models.JSONField(_("outcome"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [models.UniqueConstraint(fields=["source", "client_id"], name="gam_lea_activity_uniq")]
        indexes = [models.Index(fields=["learner", "id"], name="gam_lea_activity_learner")]

    def __str__(self) -> str:
        return f"{self.kind} {self.client_id}"


class HandlerFailure(models.Model):
    """A handler that failed for one learner's activity; it and the later ones wait for `replay_activities`."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="failures", db_index=False, verbose_name=_("activity")
    )
    learner = models.ForeignKey(
        LearnerProfile, models.PROTECT, related_name="+", db_index=False, verbose_name=_("learner")
    )
    handler = models.CharField(_("handler"), max_length=120)
    error = models.CharField(_("error"), max_length=300, help_text=_("Class and first line."))
    fact = models.JSONField(_("fact"), help_text=_("The activity as the handler saw it."))
    failed_at = models.DateTimeField(_("failed at"))
    attempts = models.IntegerField(_("attempts"), default=1)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("handler failure")
        verbose_name_plural = _("handler failures")
        constraints = [models.UniqueConstraint(fields=["activity", "handler"], name="gam_lea_failure_uniq")]
        indexes = [
            models.Index(
                fields=["learner", "activity"],
                name="gam_lea_failure_open",
                condition=models.Q(resolved_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler}: {self.error}"
