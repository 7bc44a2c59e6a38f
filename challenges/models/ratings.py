from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models.challenges import Challenge


class Verdict(models.TextChoices):
    """What a learner may say of a challenge."""

    USEFUL = "useful", _("useful")
    TOO_EASY = "too_easy", _("too easy")
    TOO_HARD = "too_hard", _("too hard")
    NOT_RELEVANT = "not_relevant", _("not relevant")


class ChallengeRating(models.Model):
    """What its learner thinks of a challenge now: one row, which a new opinion overwrites."""

    challenge = models.OneToOneField(
        Challenge, models.CASCADE, related_name="rating", verbose_name=_("challenge"), primary_key=True
    )
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    rated_at = models.DateTimeField(_("rated at"))

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="gam_cha_verdict_known")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.verdict}"
