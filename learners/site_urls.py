"""What a host includes once: the urls of every installed app of ours, under its own prefix."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

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

urlpatterns = [
    path("", include(f"{app}.urls")) for app in APPS if apps.is_installed(app) and find_spec(f"{app}.urls") is not None
]
