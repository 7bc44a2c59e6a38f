from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrchestrationConfig(AppConfig):
    name = "orchestration"
    label = "gamification_orchestration"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("orchestration")
