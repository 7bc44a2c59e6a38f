from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learners.common import clock
from learners.common.admin import ReadOnlyAdmin, TranslatedAdmin
from rewards.errors import RewardsError
from rewards.levels import Threshold, disorder
from rewards.models import Balance, Correction, LedgerEntry, Level, Price
from rewards.selectors import tariffs
from rewards.services import corrections


class CorrectionForm(forms.Form):
    note = forms.CharField(
        label=_("Reason"), max_length=corrections.LONGEST_NOTE, help_text=_("For colleagues; no personal details.")
    )


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """The ledger as it is; a wrong entry is answered by a counter-entry with a reason."""

    list_display = ("id", "learner", "currency", "amount", "reason", "source", "local_date", "created_at")
    list_filter = ("currency", "reason")
    list_select_related = ("learner",)
    search_fields = ("=source", "=learner__uuid")
    ordering = ("-id",)

    def get_urls(self) -> list[URLPattern]:
        correct = path(
            "<path:object_id>/correct/",
            self.admin_site.admin_view(self.correct),
            name="gamification_rewards_ledgerentry_correct",
        )
        return [correct, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_correct = {"may_correct": self._may_correct(request), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, may_correct)

    def correct(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a reason and answer the entry by its opposite."""
        if not self._may_correct(request):
            raise PermissionDenied
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        form = CorrectionForm(request.POST or None)
        if form.is_valid() and self._correct(request, entry, form.cleaned_data["note"]):
            return HttpResponseRedirect(reverse("admin:gamification_rewards_ledgerentry_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "entry": entry,
            "form": form,
            "title": gettext("Correct an entry"),
        }
        return TemplateResponse(request, "admin/gamification_rewards/ledgerentry/correct.html", context)

    def _may_correct(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gamification_rewards.add_correction")

    def _correct(self, request: HttpRequest, entry: LedgerEntry, note: str) -> bool:
        try:
            correction = corrections.adjust(entry=entry, note=note, by=str(request.user.pk), now=clock.now())
        except RewardsError as error:
            self.message_user(request, str(error), messages.ERROR)
            return False
        self.log_addition(request, correction.entry, [{"added": {"name": "correction", "object": str(correction)}}])
        self.message_user(request, gettext("The counter-entry is written."), messages.SUCCESS)
        return True


@admin.register(Balance)
class BalanceAdmin(ReadOnlyAdmin):
    list_display = ("learner", "currency", "amount")
    list_filter = ("currency",)
    list_select_related = ("learner",)
    search_fields = ("=learner__uuid",)
    ordering = ("-id",)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("corrected", "entry", "note", "by", "created_at")
    list_select_related = ("corrected", "entry")
    ordering = ("-id",)


class LevelForm(forms.ModelForm):
    def clean(self) -> dict[str, Any] | None:
        """Refuse a level that does not ask for more XP than the one below it, or less than the one above."""
        cleaned = super().clean()
        number, xp_from = self.cleaned_data.get("number"), self.cleaned_data.get("xp_from")
        if number is None or xp_from is None:
            return cleaned
        others = Level.objects.exclude(pk=self.instance.pk).values_list("xp_from", "number")
        curve = [Threshold(xp_from=xp, number=level) for xp, level in others if level != number]
        if disorder([*curve, Threshold(xp_from=xp_from, number=number)]):
            raise forms.ValidationError(_("Each level must ask for more XP than the one below it."))
        return cleaned


class _TariffAdmin(TranslatedAdmin):
    """Pages whose rows decide what is paid: what is saved holds at once here, elsewhere within seconds."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        tariffs.forget()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        tariffs.forget()


@admin.register(Level)
class LevelAdmin(_TariffAdmin):
    form = LevelForm
    list_display = ("number", "xp_from", "name")
    ordering = ("number",)


@admin.register(Price)
class PriceAdmin(_TariffAdmin):
    list_display = ("code", "name", "base", "scale", "most_per_award", "daily_cap", "full_times", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code",)
    ordering = ("code",)
