"""Who may knock: people who learn, registered sources, staff with a model's permission."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


def is_source(request: Request) -> bool:
    """Say whether the request was signed with a source's key."""
    return bool(getattr(request.user, "is_source", False))


class IsLearner(BasePermission):
    """A person who is logged in; a source acts for many and has no pages of its own."""

    message = _("Only a logged-in person may do this.")
    code = "learner-required"

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.is_authenticated) and not is_source(request)


class IsSource(BasePermission):
    """A registered source; learners may not grade themselves."""

    message = _("Only a registered source may do this.")
    code = "source-required"

    def has_permission(self, request: Request, view: Any) -> bool:
        return is_source(request)
