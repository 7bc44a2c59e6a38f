"""A site that does not say its languages and so has all of Django's, about a hundred."""

from .site import *  # noqa: F403

del LANGUAGES  # noqa: F821
