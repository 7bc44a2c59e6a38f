from rest_framework.routers import SimpleRouter

from rewards.views import LedgerEntryViewSet, PointsViewSet

app_name = "gamification_rewards"

router = SimpleRouter()
router.register("points/entries", LedgerEntryViewSet, basename="entry")
router.register("points", PointsViewSet, basename="points")

urlpatterns = router.urls
