from django.db import models
from django.utils.translation import gettext_lazy as _


class Wording(models.Model):
    """One way to say a thing, with slots for numbers and topics; worded when read, in the reader's language.

    A wording that is in use is replaced by a new version, never edited away: what was once said stays sayable.
    """

    purpose = models.SlugField(_("purpose"), max_length=30, help_text=_("Who uses it, e.g. challenge."))
    kind = models.SlugField(_("kind"), max_length=40, help_text=_("What it speaks of, e.g. a challenge type."))
    origin = models.SlugField(_("origin"), max_length=20, help_text=_("What chose it, e.g. ml or fallback."))
    variant = models.SmallIntegerField(_("variant"))
    version = models.SmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=120)
    text = models.CharField(_("text"), max_length=400)
    requires = models.JSONField(
        _("requires"), default=list, blank=True, help_text=_("Claims that must be true, e.g. n_at_least_10.")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "kind", "origin", "variant", "version"], name="gam_lea_wording_uniq"
            )
        ]

    def __str__(self) -> str:
        return self.title
