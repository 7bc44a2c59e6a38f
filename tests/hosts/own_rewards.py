"""A site that has an app labelled ``rewards`` already."""

from . import site
from .site import *  # noqa: F403

INSTALLED_APPS = [*site.INSTALLED_APPS, "tests.hosts.shop.apps.ShopConfig"]
