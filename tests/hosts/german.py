"""A site with none of our languages."""

from .site import *  # noqa: F403

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("pt-br", "Português")]
