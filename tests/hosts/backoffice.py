"""A site whose admin and API stand at other addresses than ours."""

from .site import *  # noqa: F403

ROOT_URLCONF = "tests.hosts.backoffice_urls"
