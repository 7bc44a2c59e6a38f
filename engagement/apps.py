from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    name = "engagement"
    label = "gamification_engagement"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("engagement")
