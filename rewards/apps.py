from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "rewards"
    label = "gamification_rewards"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("rewards")

    def ready(self) -> None:
        from learners.common import append_only
        from rewards.conf import reward_settings

        append_only.guard("gamification_rewards.LedgerEntry")
        reward_settings()
