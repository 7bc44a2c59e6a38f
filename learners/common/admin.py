"""What our admin pages share: an optional look, translated fields, pages that only show, and large tables."""

from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest

from learners.common.languages import translates

MOST_COUNTED = 10_000  # rows; a count(*) over a hundred million takes minutes
MOST_FOUND = 500  # rows by one name, where a term may be several kinds of name


class _HostsLook:  # an empty class: admin.ModelAdmin in the first place would break the bases' order
    """The host's own admin look."""


def _look() -> Any:
    if not apps.is_installed("unfold"):
        return _HostsLook
    from unfold.admin import ModelAdmin

    return ModelAdmin


def _translated() -> Any:
    if not translates():
        return admin.ModelAdmin
    from modeltranslation.admin import TranslationAdmin

    return TranslationAdmin


Theme: Any = _look()
TranslatedBase: Any = _translated()


class CappedPaginator(Paginator):
    """A paginator that stops counting at ten thousand rows; what lies beyond is found by searching."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows.order_by()[:MOST_COUNTED].count() if isinstance(rows, QuerySet) else len(rows)


class GamificationAdmin(Theme, admin.ModelAdmin):
    """A page for rows that staff edit.

    ``exact_search`` names fields that are compared whole, so that an index serves them (``search_fields`` with "="
    compares upper-cased texts, which none does).
    """

    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    exact_search: ClassVar[tuple[str, ...]] = ()

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self.exact_search or super().get_search_fields(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if not self.exact_search or not term:
            found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term)
            return found
        lookups = [{path: value} for path in self.exact_search for value in self._read(path, term)]
        if len(lookups) == 1:
            return queryset.filter(**lookups[0]), False
        keys = [key for lookup in lookups for key in self._keys(lookup)]
        return queryset.filter(pk__in=keys), False

    def _keys(self, lookup: dict[str, Any]) -> list[Any]:
        """Return the first rows that fit; asked one by one, because no index serves an OR across tables."""
        return list(self.model._default_manager.filter(**lookup).values_list("pk", flat=True)[:MOST_FOUND])

    def _read(self, path: str, term: str) -> list[Any]:
        """Return ``term`` as a value of the field at ``path``, or nothing if it cannot be one."""
        try:
            return [_field(self.model, path).to_python(term)]
        except (ValidationError, ValueError):
            return []


class KeptAdmin(GamificationAdmin):
    """A page for rows that facts point at: they are edited or switched off, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TranslatedAdmin(Theme, TranslatedBase):
    """A page for rows with texts in several languages; a plain page where the host translates nothing."""

    list_per_page = 50


class ReadOnlyAdmin(GamificationAdmin):
    """A page that shows rows and changes none: ledgers and logs. Actions that it names itself stay."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def _field(model: type[Model], path: str) -> "Field[Any, Any]":
    *steps, last = path.split("__")
    for step in steps:
        related = model._meta.get_field(step).related_model
        if related is None or isinstance(related, str):
            raise FieldDoesNotExist(path)
        model = related
    field: Field[Any, Any] = model._meta.pk if last == "pk" else model._meta.get_field(last)  # type: ignore[assignment]
    return field
