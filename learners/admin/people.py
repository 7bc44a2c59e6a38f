from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from learners.common.admin import KeptAdmin, ReadOnlyAdmin
from learners.models import LearnerDay, LearnerIdentity, LearnerProfile, LearnerState


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
    """Learners; they are erased by `forget_learner`, which keeps the sums true, never deleted here."""

    list_display = ("id", "display_name", "user", "zone", "age_band", "personalized", "created_at")
    list_display_links = ("id", "display_name")
    list_select_related = ("user",)
    list_filter = ("age_band", "personalized")
    ordering = ("-id",)
    exact_search = ("pk", "uuid", f"user__{get_user_model().USERNAME_FIELD}", "identities__external_id")
    raw_id_fields = ("user",)
    readonly_fields = ("uuid", "zone", "next_zone", "next_zone_at", "created_at", "forgotten_at")
    inlines = (IdentityInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # learners come by logging in or by what a source sends


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
