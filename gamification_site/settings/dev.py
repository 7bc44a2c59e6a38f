"""Settings of `make run` and of a developer's machine."""

from .base import *  # noqa: F403
from .base import given

DEBUG = given.switch("DEBUG", default=True)
SECRET_KEY = given.env.str("SECRET_KEY", default="only-for-this-machine-" + "0123456789abcdef" * 3)
ALLOWED_HOSTS = given.names("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
