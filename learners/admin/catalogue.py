from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from learners.common import clock
from learners.common.admin import KeptAdmin, ReadOnlyAdmin, TranslatedAdmin
from learners.models import ActivityKind, Category, Item, Source, SourceKey
from learners.services.sources import issue_key, revoke_key

MAY_ISSUE = "gamification_learners.add_sourcekey"


class KeyInline(admin.TabularInline):
    model = SourceKey
    fields = ("hint", "created_at", "revoked_at")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(KeptAdmin):
    list_display = ("name", "code", "is_active", "creates_categories", "learner_ids_are_users")
    search_fields = ("name", "code")
    ordering = ("code",)
    inlines = (KeyInline,)
    actions = ("issue_keys",)

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        return () if obj is None else ("code",)

    def has_issue_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_ISSUE)

    @admin.action(description=_("Make a new key (its secret is shown once)"), permissions=["issue"])
    def issue_keys(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse:
        """Make a key for each selected source and show the secrets on a page that nothing stores."""
        if not self.has_issue_permission(request):
            raise PermissionDenied
        now = clock.now()
        issued = [issue_key(source=source, now=now) for source in queryset]
        for each in issued:
            self.log_addition(request, each.key, [{"added": {"name": str(each.key.source), "object": each.key.hint}}])
        context = {**self.admin_site.each_context(request), "title": gettext("New keys"), "issued": issued}
        return TemplateResponse(request, "admin/gamification_learners/issued_keys.html", context)


@admin.register(SourceKey)
class SourceKeyAdmin(ReadOnlyAdmin):
    list_display = ("source", "hint", "created_at", "revoked_at")
    list_select_related = ("source",)
    list_filter = ("source",)
    ordering = ("-id",)
    actions = ("revoke",)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gamification_learners.change_sourcekey")

    @admin.action(description=_("Revoke the selected keys"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[SourceKey]) -> None:
        now = clock.now()
        keys = [revoke_key(key=key, now=now) for key in queryset]
        said = ngettext("%(n)s key is revoked.", "%(n)s keys are revoked.", len(keys)) % {"n": len(keys)}
        self.message_user(request, said, messages.SUCCESS)


@admin.register(Category)
class CategoryAdmin(TranslatedAdmin):
    """Topics; one that has answers is disabled, never deleted."""

    list_display = ("label", "code", "parent", "weight", "exam_share", "is_enabled", "position")
    list_display_links = ("label", "code")
    list_select_related = ("parent",)
    list_filter = ("is_enabled",)
    search_fields = ("code", "label")
    ordering = ("position", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Category | None = None) -> tuple[str, ...]:
        return () if obj is None else ("code",)

    def has_delete_permission(self, request: HttpRequest, obj: Category | None = None) -> bool:
        return False


@admin.register(Item)
class ItemAdmin(KeptAdmin):
    list_display = ("key", "source", "category")
    list_select_related = ("source", "category")
    list_filter = ("source",)
    exact_search = ("key",)
    raw_id_fields = ("category",)
    readonly_fields = ("source", "key")
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # items come with the answers to them


@admin.register(ActivityKind)
class ActivityKindAdmin(KeptAdmin):
    list_display = ("name", "code", "graded")
    search_fields = ("name", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: ActivityKind | None = None) -> tuple[str, ...]:
        return () if obj is None else ("code",)
