"""Settings of a public site; passes ``check --deploy --fail-level WARNING``."""

from . import environment as given
from .base import *  # noqa: F403

SECRET_KEY = given.required("SECRET_KEY", reason="give 50 or more random characters.")
ALLOWED_HOSTS = given.names("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS:
    given.required("ALLOWED_HOSTS", reason="give the site's host names, separated by commas.")
given.required("DATABASE_URL", reason="give postgres://user:password@host:5432/name.")
given.required("REDIS_URL", reason="several processes need one cache; give redis://host:6379/0.")
given.required("CELERY_BROKER_URL", reason="give amqp://user:password@host:5672// or redis://host:6379/1.")

SECURE_SSL_REDIRECT = given.switch("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = given.whole_number("SECURE_HSTS_SECONDS", default=31_536_000)  # a year, as preload lists ask
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
if given.switch("BEHIND_TLS_PROXY", default=False):  # only then may a header claim that the request was encrypted
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "DENY"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": given.text("LOG_LEVEL", default="INFO")},
}
