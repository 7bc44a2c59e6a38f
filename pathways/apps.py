from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    name = "pathways"
    label = "gamification_pathways"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("pathways")
