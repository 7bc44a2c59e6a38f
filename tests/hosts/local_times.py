"""A site that stores local times."""

from .site import *  # noqa: F403

USE_TZ = False
