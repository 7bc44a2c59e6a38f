"""Which questions a learner was asked, and which options they chose; what follows from it is told by the activities."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOCK_TEST_LASTS = timedelta(minutes=90)  # as in the real test
PRACTICE_LASTS = timedelta(hours=24)  # learners closes rounds that are older


class Kind(models.TextChoices):
    PRACTICE = "practice", _("practice")
    MOCK_TEST = "mock_test", _("mock test")


class PracticeRound(models.Model):
    """A set of questions drawn for one learner; the order is kept here, so that no client can choose its questions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        "gamification_learners.LearnerProfile",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("learner"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRACTICE)
    category = models.SlugField(_("topic"), max_length=60, blank=True, db_index=False, help_text=_("Empty: all."))
    questions = models.JSONField(_("questions"), help_text=_("Keys of the question bank, in the order asked."))
    position = models.SmallIntegerField(_("position"), default=0, help_text=_("Of the next question, from 0."))
    client_id = models.CharField(
        _("client id"), max_length=64, help_text=_("Under which the activities' round is known.")
    )
    opened_at = models.DateTimeField(_("opened at"))
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("practice round")
        verbose_name_plural = _("practice rounds")
        indexes = [models.Index(fields=["learner", "id"], name="gam_pra_round_learner")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="mock_test") | Q(deadline_at__isnull=False), name="gam_pra_test_has_deadline"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def length(self) -> int:
        """Return the number of questions."""
        return len(self.questions)

    @property
    def ends_at(self) -> datetime:
        """Return the instant from which no answer is taken."""
        return self.deadline_at or self.opened_at + PRACTICE_LASTS

    def is_over(self, now: datetime) -> bool:
        """Say whether no more answers are taken at ``now``."""
        return self.closed_at is not None or self.position >= self.length or now >= self.ends_at


class PracticeAnswer(models.Model):
    """The option chosen for one question of a round; the first one counts."""

    round = models.ForeignKey(
        PracticeRound, models.CASCADE, related_name="answers", db_index=False, verbose_name=_("practice round")
    )
    position = models.SmallIntegerField(_("position"), help_text=_("Of the question in the round, from 0."))
    option = models.SmallIntegerField(_("option"), help_text=_("From 0."))
    correct = models.BooleanField(_("correct"))
    seconds = models.FloatField(_("seconds"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("practice answer")
        verbose_name_plural = _("practice answers")
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="gam_pra_answer_uniq")]

    def __str__(self) -> str:
        return f"#{self.round_id}:{self.position}"
