"""What a host includes once: the urls of every installed app of ours, under its own prefix."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path, re_path

from learners.common.rest.viewsets import NowhereView

APPS = (
    "learners",
    "evidence",
    "rewards",
    "engagement",
    "motivation",
    "achievements",
    "challenges",
    "pathways",
    "social",
    "orchestration",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{app}.urls")) for app in APPS if apps.is_installed(app) and find_spec(f"{app}.urls") is not None
]
# only what ends in a slash: APPEND_SLASH must still lead from /skills to /skills/
urlpatterns += [re_path(r"^(?:.*/)?$", NowhereView.as_view(), name="gamification-nowhere")]
