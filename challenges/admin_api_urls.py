"""The administrators' endpoints; a host includes them in front of its admin: ``admin/api/ml-challenges/``."""

from django.urls import path

from challenges.admin_api import MLChallengeAdminViewSet

app_name = "gamification_challenges_admin"


_view = MLChallengeAdminViewSet.as_view

urlpatterns = [
    path("overview", _view({"get": "overview"}), name="overview"),
    path("generate", _view({"post": "generate"}), name="generate"),
    path("performance", _view({"get": "performance"}), name="performance"),
    path("settings", _view({"get": "controls", "post": "change_controls"}), name="settings"),
    path("test-user/<str:ref>", _view({"post": "test_user"}), name="test-user"),
    path("recent", _view({"get": "recent"}), name="recent"),
    path("stats", _view({"get": "stats"}), name="stats"),
    path("categories", _view({"get": "categories"}), name="categories"),
    path("types", _view({"get": "types"}), name="types"),
]
