"""Settings of the tests; the host-like switches let one code base be checked under several sites' languages."""

from . import environment as given
from .base import *  # noqa: F403
from .base import DATABASES, GAMIFICATION, LANGUAGE_CODE, LANGUAGES

SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 3
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # staticfiles/ need not exist

DATABASES["default"].get("OPTIONS", {}).pop("pool", None)  # a pool's threads outlive the test database
if _test_database := given.text("TEST_DB_NAME"):
    DATABASES["default"]["TEST"] = {"NAME": _test_database}

# tests run tasks where they are called; only a worker or beat that a test starts itself uses the broker
CELERY_TASK_ALWAYS_EAGER = given.switch("GAMIFICATION_TEST_EAGER", default=True)

if _languages := given.names("GAMIFICATION_TEST_LANGUAGES", default=[]):
    LANGUAGES = [(code, code) for code in _languages]
    LANGUAGE_CODE = _languages[0]
USE_I18N = given.switch("GAMIFICATION_TEST_I18N", default=True)

GAMIFICATION["REST"] = {  # tests outrun people
    "READ_PER_MINUTE": 1_000_000,
    "WRITE_PER_MINUTE": 1_000_000,
    "LOGINS_PER_MINUTE": 1_000_000,
}
GAMIFICATION["REWARDS"] = {"PRICE_CACHE_SECONDS": 0}  # a test must not be paid by the prices of another
