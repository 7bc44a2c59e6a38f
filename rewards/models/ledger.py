from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LEARNER = "gamification_learners.LearnerProfile"
MOST_PER_ENTRY = 1_000_000  # a slip of a zero is refused; nothing a learner does is worth more


class Currency(models.TextChoices):
    XP = "xp", _("XP")
    POINTS = "points", _("points")


class LedgerEntry(models.Model):
    """One movement of a currency; rows are added, never changed or deleted."""

    learner = models.ForeignKey(
        LEARNER, models.PROTECT, related_name="ledger_entries", db_index=False, verbose_name=_("learner")
    )
    currency = models.CharField(_("currency"), max_length=8, choices=Currency)
    amount = models.BigIntegerField(_("amount"), help_text=_("Negative when spent or corrected."))
    source = models.CharField(
        _("source"), max_length=120, help_text=_("What earned it, e.g. challenge:42; it can pay only once.")
    )
    reason = models.CharField(_("reason"), max_length=40, help_text=_("A code, e.g. question_correct."))
    local_date = models.DateField(_("learner's day"))
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.UniqueConstraint(fields=["learner", "currency", "source"], name="gam_rew_source_uniq"),
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(amount__gte=-MOST_PER_ENTRY, amount__lte=MOST_PER_ENTRY),
                name="gam_rew_amount_bounds",
            ),
            models.CheckConstraint(condition=Q(currency__in=["xp", "points"]), name="gam_rew_entry_currency"),
        ]
        # caps read a learner's day, boards a period; equal keys are stored once, so it stays small
        indexes = [models.Index(fields=["learner", "local_date"], name="gam_rew_entry_day")]

    def __str__(self) -> str:
        return f"{self.amount:+d} {self.currency} {self.source}"


class Balance(models.Model):
    """The sum of a learner's entries in one currency, moved in the transaction that adds them.

    Neither currency goes below zero: points cannot be overspent, and XP falls only by counter-entries to what was
    earned, so a negative sum would mean that something was corrected twice.
    """

    learner = models.ForeignKey(
        LEARNER, models.PROTECT, related_name="balances", db_index=False, verbose_name=_("learner")
    )
    currency = models.CharField(_("currency"), max_length=8, choices=Currency)
    amount = models.BigIntegerField(_("amount"), default=0)

    class Meta:
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints = [
            models.UniqueConstraint(fields=["learner", "currency"], name="gam_rew_balance_uniq"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="gam_rew_balance_positive"),
        ]

    def __str__(self) -> str:
        return f"#{self.learner_id} {self.amount} {self.currency}"


class Correction(models.Model):
    """Why an entry was answered by a counter-entry; an entry is corrected at most once."""

    corrected = models.OneToOneField(
        LedgerEntry, models.PROTECT, related_name="correction", verbose_name=_("corrected entry")
    )
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="+", verbose_name=_("counter-entry"))
    note = models.CharField(_("reason"), max_length=200, help_text=_("For colleagues; no personal details."))
    by = models.CharField(_("corrected by"), max_length=64, help_text=_("Key of the site's user."))
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.note
