"""A site whose users have UUID keys and whose own models have small keys."""

from . import site
from .site import *  # noqa: F403

INSTALLED_APPS = [*site.INSTALLED_APPS, "tests.hosts.people"]
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
