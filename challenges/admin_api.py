"""The nine endpoints for administrators, in the shapes of the specification: ``{"success": …}`` whatever happens.

They are left out of the OpenAPI description, whose errors are problem+json; docs/api.md lists them.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from challenges.admin_api_input import DaysQuery, GenerateBody, RecentQuery, SettingsBody
from challenges.selectors import monitoring
from challenges.selectors.people import find_learner
from challenges.selectors.performance import by_type, performance_stats, period
from challenges.selectors.trial import try_for
from challenges.services.controlling import change_controls
from challenges.tasks import generate_now
from learners.api import site_date
from learners.common import clock
from learners.common.rest import problems
from learners.common.rest.schema import extend_schema
from learners.common.rest.viewsets import GamificationViewSet
from rewards.api import XP, balance_of

APP = "gamification_challenges"
FAILED = _("Something went wrong on our side.")
MOST_DAYS_AWAY = 31


class IsStaffWithPermission(BasePermission):
    """Staff who have the permissions that the action names."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        needed = view.needs.get((view.action, request.method), ("view_challenge",))
        return bool(user.is_authenticated and getattr(user, "is_staff", False)) and user.has_perms(
            [f"{APP}.{name}" for name in needed]
        )


@extend_schema(exclude=True)
class MLChallengeAdminViewSet(GamificationViewSet):
    """What an administrator's page asks about daily challenges."""

    permission_classes = (IsStaffWithPermission,)
    metadata_class = None  # nothing to say to OPTIONS: every action has a shape of its own
    query_fields: ClassVar[tuple[str, ...]] = ("days", "limit")
    needs: ClassVar[dict[tuple[str, str], tuple[str, ...]]] = {
        ("generate", "POST"): ("add_generationrun",),
        ("controls", "GET"): ("view_challengesettings",),
        ("change_controls", "POST"): ("change_challengesettings", "change_challengetype"),
    }

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response | None]:
        return _refuse

    def overview(self, request: Request) -> Response:
        return _success(overview=monitoring.overview(now=clock.now()))

    def generate(self, request: Request) -> Response:
        """Generate a day now, whether or not the automation is on; large runs go on in the background."""
        now = clock.now()
        day: date = _read(GenerateBody, request.data).get("target_date") or site_date(now)
        if abs(day - site_date(now)) > timedelta(days=MOST_DAYS_AWAY):
            raise serializers.ValidationError({"target_date": [_("This day is too far away.")]})
        report = generate_now(day=day, now=now)
        message = _("%(challenges)s challenges for %(learners)s learners.") % {
            "challenges": report.generated,
            "learners": report.learners,
        }
        return _success(message=str(message), results=asdict(report))

    def performance(self, request: Request) -> Response:
        now = clock.now()
        first, last, days = period(_read(DaysQuery, request.query_params)["days"], now)
        shown = {
            "overview": performance_stats(days=days, now=now),
            "by_type": by_type(first=first, last=last),
            "period_days": days,
        }
        return _success(performance=shown)

    def controls(self, request: Request) -> Response:
        return _success(settings=monitoring.controls())

    def change_controls(self, request: Request) -> Response:
        change_controls(changes=_read(SettingsBody, request.data), now=clock.now())
        return _success(message=str(_("Saved; the next generation follows it.")), settings=monitoring.controls())

    def test_user(self, request: Request, ref: str) -> Response:
        """Show what a learner would get and why; nothing is written."""
        learner = find_learner(ref)
        if learner is None:
            raise NotFound
        trial = try_for(learner, now=clock.now()).as_dict()
        chosen = trial["challenges"]
        result = {"challenge_generated": bool(chosen), "user_analysis": trial["user_analysis"]}
        result |= {"challenge": chosen[0], "challenges": chosen} if chosen else {"reason": "no_type_enabled"}
        user = {
            "id": learner.user.pk if learner.user else str(learner.uuid),
            "username": learner.user.get_username() if learner.user else learner.display_name,
            "total_xp": balance_of(learner_id=learner.pk, currency=XP),
        }
        return _success(user=user, result=result)

    def recent(self, request: Request) -> Response:
        asked = _read(RecentQuery, request.query_params)
        return _success(**monitoring.recent(days=asked["days"], limit=asked["limit"], now=clock.now()))

    def stats(self, request: Request) -> Response:
        return _success(stats=monitoring.stats(now=clock.now()))

    def categories(self, request: Request) -> Response:
        return _success(categories=monitoring.categories())

    def types(self, request: Request) -> Response:
        return _success(challenge_types=monitoring.challenge_types())


def _success(**body: Any) -> Response:
    return Response({"success": True, **body})


def _read(shape: type[serializers.Serializer[Any]], given: Any) -> dict[str, Any]:
    reader = shape(data=given)
    reader.is_valid(raise_exception=True)
    values: dict[str, Any] = reader.validated_data
    return values


def _refuse(error: Exception, context: dict[str, Any]) -> Response:
    """Say what is wrong as ``{"success": false, "message": …}`` with the status that problem+json would have."""
    answer = problems.handle(error, context)
    if answer is None:  # DEBUG is on
        return Response({"success": False, "message": f"{FAILED} ({type(error).__name__}: {error})"}, status=500)
    told = answer.data or {}
    body = {"success": False, "message": told.get("detail") or told.get("title") or str(FAILED)}
    if told.get("errors"):
        body["errors"] = told["errors"]
    headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-type"}
    return Response(body, status=answer.status_code, headers=headers)
