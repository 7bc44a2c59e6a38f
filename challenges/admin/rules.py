from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from challenges.models import ChallengeSettings, ChallengeType, ManualChallenge
from challenges.services.manual import say_as_written
from learners.common import clock
from learners.common.admin import GamificationAdmin, TranslatedAdmin


@admin.register(ChallengeType)
class ChallengeTypeAdmin(TranslatedAdmin):
    list_display = ("name", "code", "is_enabled", "base_xp", "ml_weight", "requirement_min", "requirement_max", "unit")
    list_editable = ("is_enabled", "base_xp", "ml_weight")
    list_display_links = ("name",)
    ordering = ("position", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: ChallengeType | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: ChallengeType | None = None) -> bool:
        return False  # challenges speak of it; switch it off instead


@admin.register(ChallengeSettings)
class ChallengeSettingsAdmin(GamificationAdmin):
    """The one row of settings."""

    list_display = ("__str__", "per_day", "automation_on", "ml_on", "fallback_on", "xp_version", "updated_at")
    readonly_fields = ("updated_at",)
    fieldsets = (
        (None, {"fields": ("automation_on", "ml_on", "fallback_on", "per_day", "answers_explained")}),
        (_("Difficulty and reward"), {"fields": ("difficulty_min", "difficulty_max", "xp_version", "xp_multiplier")}),
        (
            _("Personal choice"),
            {"fields": ("min_answers", "min_category_answers", "min_categories", "randomized_fallback_share")},
        ),
        (_("Whom and how long"), {"fields": ("inactivity_days", "retention_days", "mails_summary", "updated_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not ChallengeSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: ChallengeSettings | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ChallengeSettings, form: Any, change: bool) -> None:
        obj.updated_at = clock.now()
        super().save_model(request, obj, form, change)


@admin.register(ManualChallenge)
class ManualChallengeAdmin(TranslatedAdmin):
    list_display = (
        "title",
        "type",
        "category",
        "first_date",
        "last_date",
        "learner",
        "cohort",
        "is_reserve",
        "is_enabled",
    )
    list_editable = ("is_enabled",)
    list_filter = ("is_enabled", "is_reserve", "type")
    list_select_related = ("type", "category", "learner", "cohort")
    list_display_links = ("title", "type")
    raw_id_fields = ("learner", "cohort")
    ordering = ("-first_date", "-pk")
    fieldsets = (
        (None, {"fields": ("type", "title", "text", "category")}),
        (_("Demand and reward"), {"fields": ("requirement", "target_correct", "xp", "bonus")}),
        (
            _("When and for whom"),
            {"fields": ("first_date", "last_date", "learner", "cohort", "is_reserve", "is_enabled")},
        ),
    )

    def save_model(self, request: HttpRequest, obj: ManualChallenge, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        say_as_written(manual=obj)
