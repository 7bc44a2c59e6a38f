from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrchestrationConfig(AppConfig):
    name = "orchestration"
    label = "gamification_orchestration"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("orchestration")

    def ready(self) -> None:
        from .conf import orchestration_settings

        orchestration_settings()  # an unknown key stops the start instead of a later request
