from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GamificationSiteConfig(AppConfig):
    name = "gamification_site"
    label = "gamification_site"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("gamification site")
