from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from learners.common.admin import GamificationAdmin
from learners.models import Cohort, Membership

MOST_SHOWN = 200  # members on the cohort's own page; Django's forms take a thousand fields


class MemberInline(admin.TabularInline):
    """Who is in: the person is fixed (a widget per row would ask the database for each), the role may change."""

    model = Membership
    fields = ("learner", "role")
    readonly_fields = ("learner",)
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("learner", "cohort")


class NewMemberInline(admin.TabularInline):
    """Empty rows for people who join."""

    model = Membership
    fields = ("learner", "role")
    raw_id_fields = ("learner",)
    verbose_name_plural = "+"
    extra = 3

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Cohort)
class CohortAdmin(GamificationAdmin):
    list_display = ("name", "code", "starts_on", "ends_on")
    search_fields = ("name", "code")
    ordering = ("-id",)

    def get_inlines(self, request: HttpRequest, obj: Cohort | None) -> Any:
        small = obj is None or obj.memberships.count() <= MOST_SHOWN
        return (MemberInline, NewMemberInline) if small else (NewMemberInline,)


@admin.register(Membership)
class MembershipAdmin(GamificationAdmin):
    list_display = ("learner", "cohort", "role")
    list_select_related = ("learner", "cohort")
    list_filter = ("role",)
    exact_search = ("learner__uuid", "cohort__code")
    raw_id_fields = ("learner", "cohort")
    ordering = ("-id",)
