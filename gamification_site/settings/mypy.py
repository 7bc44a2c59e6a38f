"""Settings that only the type checker loads: modeltranslation swaps managers, which its plugin cannot follow."""

from .test import *  # noqa: F403
from .test import INSTALLED_APPS as _installed_apps

INSTALLED_APPS = [app for app in _installed_apps if app != "modeltranslation"]
