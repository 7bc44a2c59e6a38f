from typing import Any

from django.urls import path
from rest_framework.routers import SimpleRouter

from learners.views.activities import ActivityViewSet
from learners.views.catalogue import CategoryViewSet
from learners.views.health import HealthViewSet
from learners.views.people import LearnerViewSet, MeViewSet
from learners.views.rounds import RoundViewSet
from learners.views.schema import DocsView, SchemaView
from learners.views.skills import SkillViewSet, StreakViewSet

router = SimpleRouter()
router.register("learners", LearnerViewSet, basename="gamification-learner")
router.register("categories", CategoryViewSet, basename="gamification-category")
router.register("activities", ActivityViewSet, basename="gamification-activity")
router.register("rounds", RoundViewSet, basename="gamification-round")

ME: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}

urlpatterns = [
    path("learners/me/", MeViewSet.as_view(ME), name="gamification-me"),
    path("learners/me/export/", MeViewSet.as_view({"get": "export"}), name="gamification-me-export"),
    *router.urls,
    path("skills/", SkillViewSet.as_view({"get": "list"}), name="gamification-skills"),
    path("skills/assessment/", SkillViewSet.as_view({"get": "assessment"}), name="gamification-assessment"),
    path("streak/", StreakViewSet.as_view({"get": "retrieve"}), name="gamification-streak"),
    path("health/", HealthViewSet.as_view({"get": "alive"}), name="gamification-health"),
    path("readiness/", HealthViewSet.as_view({"get": "ready"}), name="gamification-readiness"),
    path("schema/", SchemaView.as_view(), name="gamification-schema"),
    path("docs/", DocsView.as_view(), name="gamification-docs"),
]
