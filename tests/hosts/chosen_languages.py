"""A site with all of Django's languages that says which of them get columns."""

from .every_language import *  # noqa: F403

MODELTRANSLATION_LANGUAGES = ("en", "nb")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
