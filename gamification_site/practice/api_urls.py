from rest_framework.routers import SimpleRouter

from gamification_site.practice.views import PracticeRoundViewSet

app_name = "practice_api"

router = SimpleRouter()
router.register("rounds", PracticeRoundViewSet, basename="round")

urlpatterns = router.urls
