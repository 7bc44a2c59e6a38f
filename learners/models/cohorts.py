from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.models.people import LearnerProfile


class Cohort(models.Model):
    """A class, a course or a company group."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    LEARNER = "learner", _("learner")
    TEACHER = "teacher", _("teacher")
    COACH = "coach", _("coach")


class Membership(models.Model):
    """One person's role in one cohort."""

    cohort = models.ForeignKey(
        Cohort, models.CASCADE, related_name="memberships", db_index=False, verbose_name=_("cohort")
    )
    learner = models.ForeignKey(LearnerProfile, models.CASCADE, related_name="memberships", verbose_name=_("learner"))
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.LEARNER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["cohort", "learner"], name="gam_lea_member_uniq")]

    def __str__(self) -> str:
        return f"{self.learner} – {self.cohort}"
