from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from learners.common import clock
from learners.common.admin import KeptAdmin, ReadOnlyAdmin
from learners.models import LearnerDay, LearnerIdentity, LearnerProfile, LearnerState
from learners.services.forgetting import forget_learner


class IdentityInline(admin.TabularInline):
    """The names under which sources know the learner."""

    model = LearnerIdentity
    fields = ("source", "external_id")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("source")


@admin.register(LearnerProfile)
class LearnerProfileAdmin(KeptAdmin):
    """Learners; they are forgotten, which keeps the sums true, never deleted."""

    list_display = ("id", "display_name", "user", "zone", "age_band", "personalized", "created_at")
    list_display_links = ("id", "display_name")
    list_select_related = ("user",)
    list_filter = ("age_band", "personalized")
    ordering = ("-id",)
    exact_search = ("pk", "uuid", f"user__{get_user_model().USERNAME_FIELD}", "identities__external_id")
    raw_id_fields = ("user",)
    readonly_fields = ("uuid", "zone", "next_zone", "next_zone_at", "created_at", "forgotten_at")
    inlines = (IdentityInline,)
    actions = ("forget",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # learners come by logging in or by what a source sends

    def has_forget_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gamification_learners.delete_learnerprofile")

    @admin.action(description=_("Forget who the selected learners are"), permissions=["forget"])
    def forget(self, request: HttpRequest, queryset: QuerySet[LearnerProfile]) -> HttpResponse | None:
        """Ask once, then erase names, identities and preferences; the sums stay."""
        learners = list(queryset.filter(forgotten_at=None))
        if "sure" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Forget who they are?"),
                "learners": learners,
                "action_name": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/gamification_learners/forget.html", context)
        now = clock.now()
        for learner in learners:
            forget_learner(learner=learner, now=now)
            self.log_change(request, learner, [{"changed": {"fields": ["forgotten_at"]}}])
        said = ngettext("%(n)s learner is forgotten.", "%(n)s learners are forgotten.", len(learners))
        self.message_user(request, said % {"n": len(learners)}, messages.SUCCESS)
        return None


@admin.register(LearnerIdentity)
class LearnerIdentityAdmin(ReadOnlyAdmin):
    list_display = ("id", "learner", "source", "external_id")
    list_select_related = ("learner", "source")
    list_filter = ("source",)
    exact_search = ("external_id", "learner__uuid")
    ordering = ("-id",)


@admin.register(LearnerState)
class LearnerStateAdmin(ReadOnlyAdmin):
    list_display = ("learner", "n_answers", "n_correct", "theta", "streak", "best_streak", "last_at")
    list_select_related = ("learner",)
    exact_search = ("pk", "learner__uuid")
    ordering = ("-learner",)


@admin.register(LearnerDay)
class LearnerDayAdmin(ReadOnlyAdmin):
    list_display = ("learner", "local_date", "activities", "answers", "share", "rounds", "faultless_rounds")
    list_select_related = ("learner",)
    exact_search = ("learner__uuid",)
    ordering = ("-id",)

    @admin.display(description=_("share right"))
    def share(self, day: LearnerDay) -> str:
        return f"{day.correct / day.answers:.2f}" if day.answers else "–"
