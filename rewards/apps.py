from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "rewards"
    label = "gamification_rewards"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("rewards")
