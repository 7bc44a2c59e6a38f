from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "evidence"
    label = "gamification_evidence"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("evidence")

    def ready(self) -> None:
        from evidence import checks  # noqa: F401
        from evidence.conf import evidence_settings

        evidence_settings()
