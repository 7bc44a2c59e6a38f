from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.models.catalogue import Category, Item
from learners.models.people import LearnerProfile


class SkillEstimate(models.Model):
    """How well one learner knows one category; one narrow row, moved by every answer in it."""

    learner = models.ForeignKey(
        LearnerProfile, models.CASCADE, related_name="skills", db_index=False, verbose_name=_("learner")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False, verbose_name=_("category"))
    theta = models.FloatField(_("ability"), default=0.0, help_text=_("Logits above the learner's own average."))
    n = models.IntegerField(_("answers"), default=0)
    wins = models.IntegerField(_("correct answers"), default=0)
    residual = models.FloatField(_("residual"), default=0.0, help_text=_("Sum of answer − chance by item."))
    recent = models.SmallIntegerField(_("last three"), default=0, help_text=_("As bits, the newest lowest."))
    ewma = models.FloatField(_("moving average"), default=0.5, help_text=_("0.7 old + 0.3 new."))
    last_at = models.DateTimeField(_("last answer at"))
    p = models.FloatField(_("chance"), help_text=_("Of a right answer to an average item, at the last answer; 0–1."))
    p_by = models.CharField(_("chance by"), max_length=40)
    version = models.IntegerField(_("version"), default=0, help_text=_("Grows with every change."))

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [models.UniqueConstraint(fields=["learner", "category"], name="gam_lea_skill_uniq")]

    def __str__(self) -> str:
        return f"#{self.learner_id} × {self.category_id}"


class StatisticsVersion(models.Model):
    """One fit of item and category statistics over all answers; the newest complete one is in use."""

    created_at = models.DateTimeField(_("created at"))
    through_activity_id = models.BigIntegerField(_("through activity"), default=0)
    n = models.BigIntegerField(_("answers"), default=0)
    wins = models.BigIntegerField(_("correct answers"), default=0)
    is_complete = models.BooleanField(_("complete"), default=False)

    class Meta:
        verbose_name = _("statistics version")
        verbose_name_plural = _("statistics versions")

    def __str__(self) -> str:
        return f"#{self.pk} ({self.n})"


class CategoryStatistic(models.Model):
    """How often a category is answered right."""

    version = models.ForeignKey(StatisticsVersion, models.CASCADE, related_name="categories", db_index=False)
    category = models.ForeignKey(Category, models.CASCADE, related_name="statistics", verbose_name=_("category"))
    n = models.BigIntegerField(_("answers"))
    wins = models.BigIntegerField(_("correct answers"))
    logit = models.FloatField(_("logit"), help_text=_("Of the smoothed share of right answers."))

    class Meta:
        verbose_name = _("category statistic")
        verbose_name_plural = _("category statistics")
        constraints = [models.UniqueConstraint(fields=["version", "category"], name="gam_lea_cat_stat_uniq")]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.logit:.2f}"


class ItemStatistic(models.Model):
    """How often an item is answered right."""

    version = models.ForeignKey(StatisticsVersion, models.CASCADE, related_name="items", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="statistics", verbose_name=_("item"))
    n = models.BigIntegerField(_("answers"))
    wins = models.BigIntegerField(_("correct answers"))
    logit = models.FloatField(_("logit"), help_text=_("Of the smoothed share of right answers."))

    class Meta:
        verbose_name = _("item statistic")
        verbose_name_plural = _("item statistics")
        constraints = [models.UniqueConstraint(fields=["version", "item"], name="gam_lea_item_stat_uniq")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.logit:.2f}"
