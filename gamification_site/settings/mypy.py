"""Settings that only the type checker loads: modeltranslation swaps managers, which its plugin cannot follow."""

from . import test
from .test import *  # noqa: F403

INSTALLED_APPS = [app for app in test.INSTALLED_APPS if app != "modeltranslation"]
INSTALLED_APPS[INSTALLED_APPS.index("django.contrib.admin")] = "django.contrib.admin.apps.SimpleAdminConfig"
