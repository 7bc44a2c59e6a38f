from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AchievementsConfig(AppConfig):
    name = "achievements"
    label = "gamification_achievements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("achievements")
