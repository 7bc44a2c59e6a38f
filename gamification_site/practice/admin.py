from django.contrib import admin

from gamification_site.practice.models import PracticeRound
from learners.common.admin import ReadOnlyAdmin


@admin.register(PracticeRound)
class PracticeRoundAdmin(ReadOnlyAdmin):
    """Which questions learners were asked, for looking into what they report."""

    list_display = ("uuid", "learner", "kind", "category", "position", "opened_at", "deadline_at", "closed_at")
    list_filter = ("kind",)
    list_select_related = ("learner",)
    ordering = ("-id",)
