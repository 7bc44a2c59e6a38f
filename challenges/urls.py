from rest_framework.routers import SimpleRouter

from challenges.views import ChallengeViewSet

app_name = "gamification_challenges"

router = SimpleRouter()
router.register("challenges", ChallengeViewSet, basename="challenge")

urlpatterns = router.urls
