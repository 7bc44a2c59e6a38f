from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    name = "challenges"
    label = "gamification_challenges"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("challenges")
