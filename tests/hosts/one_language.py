"""A site with translation off: modeltranslation turns itself off too."""

from .site import *  # noqa: F403

USE_I18N = False
