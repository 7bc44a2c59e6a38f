"""A site whose admin and API stand at other addresses than ours, beside an API of its own."""

from .site import *  # noqa: F403

ROOT_URLCONF = "tests.hosts.backoffice_urls"
