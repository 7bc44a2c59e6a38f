from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialConfig(AppConfig):
    name = "social"
    label = "gamification_social"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("social learning")
