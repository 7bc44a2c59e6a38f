"""Settings of `make run` and of a developer's machine."""

from . import environment as given
from .base import *  # noqa: F403

DEBUG = given.switch("DEBUG", default=True)
SECRET_KEY = given.text("SECRET_KEY", default="only-for-this-machine-" + "0123456789abcdef" * 3)
ALLOWED_HOSTS = given.names("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
