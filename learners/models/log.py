from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.models.people import LearnerProfile


class Event(models.Model):
    """Something that happened, for whoever listens; permanent, with ids, codes and numbers, never personal text."""

    name = models.CharField(_("name"), max_length=60, help_text=_("Dotted past tense: challenge.completed."))
    learner = models.ForeignKey(
        LearnerProfile, models.PROTECT, null=True, related_name="events", db_index=False, verbose_name=_("learner")
    )
    data = models.JSONField(_("data"), default=dict)
    happened_at = models.DateTimeField(_("happened at"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["learner", "id"], name="gam_lea_event_learner")]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event on its way to one consumer; claimed with SKIP LOCKED, so ids that commit late are not missed."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries", db_index=False)
    consumer = models.CharField(_("consumer"), max_length=60)
    attempts = models.SmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"))
    error = models.CharField(_("error"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["event", "consumer"], name="gam_lea_delivery_uniq")]
        indexes = [
            models.Index(
                fields=["consumer", "not_before"],
                name="gam_lea_delivery_due",
                condition=models.Q(delivered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.consumer}"
