from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearnersConfig(AppConfig):
    name = "learners"
    label = "gamification_learners"
    verbose_name = _("Learners")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from learners import checks  # noqa: F401
        from learners.authentication import SourceKeyAuthentication
        from learners.common import append_only
        from learners.common.rest import viewsets
        from learners.common.settings import read_all
        from learners.conf import READERS

        append_only.guard("gamification_learners.Activity", may_change=["outcome"])
        append_only.guard("gamification_learners.Event")
        append_only.connect()
        read_all(READERS)
        viewsets.accept(SourceKeyAuthentication)
