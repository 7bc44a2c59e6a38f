from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from learners.common.admin import TranslatedAdmin
from learners.common.languages import columns
from learners.models import Wording
from learners.services.wordings import TRANSLATED, replace_wording
from learners.wording import WordingError

TEXTS = tuple(column for field in TRANSLATED for column in columns(field))


@admin.register(Wording)
class WordingAdmin(TranslatedAdmin):
    """What is said; a changed text becomes a new version, so that what was once said stays sayable."""

    list_display = ("title", "purpose", "kind", "origin", "variant", "version", "is_active")
    list_filter = ("purpose", "origin", "is_active", "kind")
    search_fields = ("title", "text", "kind")
    ordering = ("purpose", "kind", "origin", "variant", "-version")

    def get_readonly_fields(self, request: HttpRequest, obj: Wording | None = None) -> tuple[str, ...]:
        return ("version",) if obj is None else ("purpose", "kind", "origin", "variant", "version")

    def has_delete_permission(self, request: HttpRequest, obj: Wording | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Wording, form: "ModelForm[Wording]", change: bool) -> None:
        texts = {name: form.cleaned_data[name] for name in form.changed_data if name in TEXTS}
        if not change or not (texts or "requires" in form.changed_data):
            super().save_model(request, obj, form, change)
            return
        stored = Wording.objects.get(pk=obj.pk)
        newer = replace_wording(wording=stored, texts=texts, requires=form.cleaned_data.get("requires"))
        obj.pk, obj.version, obj.is_active = newer.pk, newer.version, newer.is_active
        self.message_user(request, _("The changed text is version %(version)s.") % {"version": newer.version})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            answer: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        except WordingError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.path)
        return answer
