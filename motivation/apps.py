from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MotivationConfig(AppConfig):
    name = "motivation"
    label = "gamification_motivation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("motivation")
