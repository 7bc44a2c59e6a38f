from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")  # its day passed before it could go on


class GenerationRun(models.Model):
    """One generation of a day; its chunks are laid out at the beginning and are the queue that workers share.

    A run that was stopped goes on with the chunks that are not done.
    """

    local_date = models.DateField(_("learners' day"))
    attempt = models.IntegerField(_("attempt"), help_text=_("Counts the runs of one day."))
    state = models.CharField(_("state"), max_length=8, choices=RunState, default=RunState.RUNNING)
    zones = models.JSONField(
        _("time zones"),
        default=list,
        blank=True,
        help_text=_("Only learners there without challenges; empty: all."),
    )
    regenerates = models.BooleanField(
        _("regenerates"), default=False, help_text=_("Open challenges that nobody has begun are chosen again.")
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    learners = models.IntegerField(_("learners"), default=0)
    ml_generated = models.IntegerField(_("chosen personally"), default=0)
    fallback_generated = models.IntegerField(_("chosen by rules"), default=0)
    kept = models.IntegerField(_("kept"), default=0, help_text=_("Challenges that were there already."))
    errors = models.IntegerField(_("errors"), default=0)
    statements = models.IntegerField(_("statements"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0, help_text=_("Of all workers together."))
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
    """A range of learners within a run, done in the same transaction as their challenges.

    Whoever works on it holds the lock of its row; a killed worker's chunk is free again at once.
    """

    run = models.ForeignKey(GenerationRun, models.CASCADE, related_name="chunks", db_index=False, verbose_name=_("run"))
    first_id = models.BigIntegerField(_("first learner"))
    last_id = models.BigIntegerField(_("last learner"))
    learners = models.IntegerField(_("learners"), default=0)
    ml_generated = models.IntegerField(_("chosen personally"), default=0)
    fallback_generated = models.IntegerField(_("chosen by rules"), default=0)
    kept = models.IntegerField(_("kept"), default=0)
    errors = models.IntegerField(_("errors"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True, help_text=_("The first one: class and line."))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("generation chunk")
        verbose_name_plural = _("generation chunks")
        constraints = [models.UniqueConstraint(fields=["run", "first_id"], name="gam_cha_chunk_uniq")]

    def __str__(self) -> str:
        return f"#{self.first_id}–{self.last_id}"
