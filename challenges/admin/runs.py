from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from challenges.models import GenerationChunk, GenerationRun
from challenges.selectors.people import find_learner
from challenges.selectors.performance import performance_stats
from challenges.selectors.trial import try_for
from challenges.services.health import health
from challenges.tasks import generate_now
from learners.api import site_date
from learners.common import clock
from learners.common.admin import ReadOnlyAdmin

MONITOR = "gamification_challenges_generationrun_monitor"
COMPARED_DAYS = 30
LAST_ERRORS = 20


class GenerateForm(forms.Form):
    day = forms.DateField(label=_("Day"), required=False, help_text=_("Empty: the site's today."))


class TryForm(forms.Form):
    learner = forms.CharField(label=_("Learner"), max_length=64, help_text=_("A public UUID or a user's key."))


@admin.register(GenerationRun)
class GenerationRunAdmin(ReadOnlyAdmin):
    """Runs as they are, and a page from which staff generate now and try the choice for a learner."""

    change_list_template = "admin/gamification_challenges/generationrun/change_list.html"
    list_display = (
        "local_date",
        "attempt",
        "state",
        "regenerates",
        "learners",
        "ml_generated",
        "fallback_generated",
        "kept",
        "errors",
        "seconds",
        "started_at",
        "finished_at",
    )
    list_filter = ("state", "regenerates")
    ordering = ("-pk",)

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site.admin_view
        own = [
            path("monitor/", site(self.monitor), name=MONITOR),
            path("monitor/generate/", site(require_POST(self.generate)), name=f"{MONITOR}_generate"),
            path("monitor/try/", site(self.try_learner), name=f"{MONITOR}_try"),
        ]
        return [*own, *super().get_urls()]

    def monitor(self, request: HttpRequest) -> HttpResponse:
        """Show whether a generation can run, how the choices compare, and what went wrong lately."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            "title": gettext("Daily challenges"),
            "health": health(),
            "performance": performance_stats(days=COMPARED_DAYS, now=clock.now()),
            "faulty": GenerationChunk.objects.filter(errors__gt=0).select_related("run").order_by("-pk")[:LAST_ERRORS],
            "unfinished": GenerationChunk.objects.filter(done_at__isnull=True, run__state="running").count(),
            "names": {
                "completed": gettext("Completed"),
                "begun": gettext("Begun"),
                "useful": gettext("Called useful"),
            },
            "may_generate": self._may_generate(request),
            "generate_form": GenerateForm(),
            "try_form": TryForm(),
        }
        return self._page(request, "monitor", context)

    def generate(self, request: HttpRequest) -> HttpResponse:
        """Generate a day now, also while the automation is off."""
        if not self._may_generate(request):
            raise PermissionDenied
        form, now = GenerateForm(request.POST), clock.now()
        if not form.is_valid():
            self.message_user(request, gettext("This is not a date."), messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:{MONITOR}"))
        day: date = form.cleaned_data["day"] or site_date(now)
        report = generate_now(day=day, now=now)
        numbers = {"challenges": report.generated, "learners": report.learners}
        said = gettext("%(challenges)s challenges for %(learners)s learners.") % numbers
        self.message_user(request, said, messages.WARNING if report.errors else messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:gamification_challenges_generationrun_changelist"))

    def try_learner(self, request: HttpRequest) -> HttpResponse:
        """Show what a learner would get today and why; nothing is written."""
        if not request.user.has_perm("gamification_challenges.view_challenge"):
            raise PermissionDenied
        form = TryForm(request.GET)
        found = find_learner(form.cleaned_data["learner"]) if form.is_valid() else None
        if found is None:
            self.message_user(request, gettext("There is no such learner."), messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:{MONITOR}"))
        context = {
            "title": gettext("Try for this learner"),
            "learner": found,
            "trial": try_for(found, now=clock.now()),
        }
        return self._page(request, "try", context)

    def _may_generate(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gamification_challenges.add_generationrun")

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/gamification_challenges/generationrun/{name}.html", context)


@admin.register(GenerationChunk)
class GenerationChunkAdmin(ReadOnlyAdmin):
    list_display = ("run", "first_id", "last_id", "learners", "kept", "errors", "error", "done_at")
    list_filter = (("errors", admin.AllValuesFieldListFilter),)
    list_select_related = ("run",)
    search_fields = ("=run__id",)
    ordering = ("-pk",)
