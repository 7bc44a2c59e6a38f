from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learners.common import clock
from learners.common.admin import ReadOnlyAdmin
from learners.models import Activity, HandlerFailure, Round
from learners.services.replay import replay_activities


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ("id", "learner", "kind", "category", "item", "correct", "predicted", "received_at", "source")
    list_select_related = ("learner", "category", "item", "source")
    exact_search = ("pk", "learner__uuid")
    ordering = ("-id",)


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    list_display = ("client_id", "learner", "kind", "category", "answered", "planned", "correct", "closed_at")
    list_select_related = ("learner", "category")
    exact_search = ("pk", "learner__uuid")
    ordering = ("-id",)


@admin.register(HandlerFailure)
class HandlerFailureAdmin(ReadOnlyAdmin):
    """Handlers that failed for a learner; the answer stands, and what hangs on it waits here."""

    list_display = ("id", "handler", "learner", "activity_id", "error", "attempts", "failed_at", "resolved_at")
    list_select_related = ("learner",)
    list_filter = ("handler", ("resolved_at", admin.EmptyFieldListFilter))
    exact_search = ("activity", "learner__uuid")
    ordering = ("-id",)
    actions = ("replay",)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("gamification_learners.change_handlerfailure")

    @admin.action(description=_("Replay all that waits for these learners"), permissions=["replay"])
    def replay(self, request: HttpRequest, queryset: QuerySet[HandlerFailure]) -> None:
        """Run the rest of the chain, in order: a learner's failures hang together, so all of theirs are replayed."""
        learner_ids = set(queryset.values_list("learner_id", flat=True))
        report = replay_activities(now=clock.now(), learner_ids=learner_ids)
        said = gettext("%(repaired)s made good, %(waiting)s still waiting.")
        numbers = {"repaired": report.repaired, "waiting": report.waiting}
        self.message_user(request, said % numbers, messages.WARNING if report.waiting else messages.SUCCESS)
