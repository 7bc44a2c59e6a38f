from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "tests.hosts.shop"
    label = "rewards"
    default_auto_field = "django.db.models.AutoField"
