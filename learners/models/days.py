from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.models.people import LearnerProfile


class LearnerDay(models.Model):
    """What a learner did on one day of their own calendar; streaks and boards read this, not the log."""

    learner = models.ForeignKey(
        LearnerProfile, models.CASCADE, related_name="days", db_index=False, verbose_name=_("learner")
    )
    local_date = models.DateField(_("learner's day"))
    activities = models.IntegerField(_("activities"), default=0)
    answers = models.IntegerField(_("answers"), default=0)
    correct = models.IntegerField(_("correct answers"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0)
    rounds = models.IntegerField(_("closed rounds"), default=0)
    faultless_rounds = models.IntegerField(_("faultless rounds"), default=0)

    class Meta:
        verbose_name = _("learner's day")
        verbose_name_plural = _("learners' days")
        constraints = [models.UniqueConstraint(fields=["learner", "local_date"], name="gam_lea_day_uniq")]

    def __str__(self) -> str:
        return f"#{self.learner_id} {self.local_date}"
