"""What our admin pages share: an optional look, translated fields, and pages that only show."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from learners.common.languages import translates

if apps.is_installed("unfold"):
    from unfold.admin import ModelAdmin as Theme
else:

    class Theme:  # type: ignore[no-redef]  # an empty class: admin.ModelAdmin in the first place would break the bases' order
        """The host's own admin look."""


if translates():
    from modeltranslation.admin import TranslationAdmin as TranslatedBase
else:
    from django.contrib.admin import ModelAdmin as TranslatedBase  # type: ignore[assignment]


class GamificationAdmin(Theme, admin.ModelAdmin):
    """A page for rows that staff edit."""

    list_per_page = 50
    show_full_result_count = False


class TranslatedAdmin(Theme, TranslatedBase):
    """A page for rows with texts in several languages; a plain page where the host translates nothing."""

    list_per_page = 50


class ReadOnlyAdmin(GamificationAdmin):
    """A page that shows rows and changes none: ledgers and logs."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}
