from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, ChallengeRating
from challenges.reasons import worded
from learners.common.admin import ReadOnlyAdmin


@admin.register(Challenge)
class ChallengeAdmin(ReadOnlyAdmin):
    list_display = ("learner", "local_date", "slot", "type", "category", "requirement", "progress", "status", "source")
    list_filter = ("status", "source", "type", "randomized", "local_date")
    list_select_related = ("learner", "type", "category")
    search_fields = ("=learner__uuid", "=id")
    ordering = ("-pk",)
    exclude = ("reasons",)
    readonly_fields = ("reasons_in_words",)

    @admin.display(description=_("reasons"))
    def reasons_in_words(self, challenge: Challenge) -> str:
        return " ".join(reason["text"] for reason in worded(challenge.reasons))


@admin.register(ChallengeRating)
class ChallengeRatingAdmin(ReadOnlyAdmin):
    """What learners say of their challenges."""

    list_display = ("challenge", "verdict", "rated_at")
    list_filter = ("verdict",)
    list_select_related = ("challenge",)
    search_fields = ("=challenge__id",)
    ordering = ("-pk",)
