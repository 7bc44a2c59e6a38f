from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")


class GenerationRun(models.Model):
    """One generation of a day for everyone; a run that was stopped goes on after its last learner."""

    local_date = models.DateField(_("learners' day"))
    attempt = models.IntegerField(_("attempt"), help_text=_("Counts the runs of one day."))
    state = models.CharField(_("state"), max_length=8, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    last_id = models.BigIntegerField(_("last learner"), default=0, help_text=_("Everyone up to here is served."))
    learners = models.IntegerField(_("learners"), default=0)
    ml_generated = models.IntegerField(_("chosen personally"), default=0)
    fallback_generated = models.IntegerField(_("chosen by rules"), default=0)
    kept = models.IntegerField(_("kept"), default=0, help_text=_("Challenges that were there already."))
    errors = models.IntegerField(_("errors"), default=0)
    statements = models.IntegerField(_("statements"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0)
    model_version = models.CharField(_("model"), max_length=40)

    class Meta:
        verbose_name = _("generation run")
        verbose_name_plural = _("generation runs")
        constraints = [models.UniqueConstraint(fields=["local_date", "attempt"], name="gam_cha_run_uniq")]

    def __str__(self) -> str:
        return f"{self.local_date} #{self.attempt}"

    @property
    def generated(self) -> int:
        """Return how many challenges the run made."""
        return self.ml_generated + self.fallback_generated


class GenerationChunk(models.Model):
    """A range of learners within a run, written in the same transaction as their challenges."""

    run = models.ForeignKey(GenerationRun, models.CASCADE, related_name="chunks", db_index=False, verbose_name=_("run"))
    first_id = models.BigIntegerField(_("first learner"))
    last_id = models.BigIntegerField(_("last learner"))
    learners = models.IntegerField(_("learners"))
    ml_generated = models.IntegerField(_("chosen personally"))
    fallback_generated = models.IntegerField(_("chosen by rules"))
    kept = models.IntegerField(_("kept"))
    errors = models.IntegerField(_("errors"))
    error = models.CharField(_("error"), max_length=300, blank=True, help_text=_("The first one: class and line."))
    done_at = models.DateTimeField(_("done at"))

    class Meta:
        verbose_name = _("generation chunk")
        verbose_name_plural = _("generation chunks")
        constraints = [models.UniqueConstraint(fields=["run", "first_id"], name="gam_cha_chunk_uniq")]

    def __str__(self) -> str:
        return f"#{self.first_id}–{self.last_id}"
