from rest_framework.routers import SimpleRouter

from challenges.views import ChallengeViewSet, HistoryViewSet

app_name = "gamification_challenges"

router = SimpleRouter()
router.register("challenges/history", HistoryViewSet, basename="history")
router.register("challenges", ChallengeViewSet, basename="challenge")

urlpatterns = router.urls
