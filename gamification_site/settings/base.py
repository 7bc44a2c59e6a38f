"""Settings that every way of running the site shares; the environment is read here and nowhere else."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import environment as given

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = False
ALLOWED_HOSTS: list[str] = given.names("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = given.names("CSRF_TRUSTED_ORIGINS", default=[])
SITE_PORT = given.port("PORT", default=8000)

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it changes
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "auditlog",
    "import_export",
    "django_htmx",
    "learners",
    "evidence",
    "rewards",
    "engagement",
    "motivation",
    "achievements",
    "challenges",
    "pathways",
    "social",
    "orchestration",
    "gamification_site",
]
if find_spec("gamification_site.practice") is not None:
    INSTALLED_APPS.append("gamification_site.practice")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]

ROOT_URLCONF = "gamification_site.urls"
WSGI_APPLICATION = "gamification_site.wsgi.application"
ASGI_APPLICATION = "gamification_site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

DATABASE_URL = given.text("DATABASE_URL")
DATABASES: dict[str, dict[str, Any]] = {
    "default": given.database(
        "DATABASE_URL",
        default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}",
        pool_size=given.whole_number("GAMIFICATION_DB_POOL", default=given.DEFAULT_POOL_SIZE),
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = given.redis_url("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "gamification"}
    ),
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # learners' days follow their own zones
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål"), ("nn", "Norsk nynorsk"), ("en", "English")]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "media/"
MEDIA_ROOT = BASE_DIR / "var" / "media"

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTAuthentication",  # first: its 401 names a scheme
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "NUM_PROXIES": given.whole_number("NUM_PROXIES", default=0),
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Learning gamification",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",  # the default loads the page's code from a CDN
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}

CELERY_BROKER_URL = given.broker_url("CELERY_BROKER_URL")
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL  # without a broker a task runs where it is called
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = given.text("GAMIFICATION_QUEUE", default="gamification")
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 2 * 60 * 60}  # longer than the longest task, or Redis delivers it twice
    if CELERY_BROKER_URL.startswith("redis")
    else {"confirm_publish": True}
    if CELERY_BROKER_URL.startswith("amqp")
    else {}
)
if CELERY_BROKER_URL.startswith("amqp"):
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"  # survives the loss of a broker node
    CELERY_TASK_DEFAULT_EXCHANGE_TYPE = "topic"
    CELERY_WORKER_DETECT_QUORUM_QUEUES = True

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # a cell that starts with "=" is code to a spreadsheet
AUDITLOG_INCLUDE_ALL_MODELS = False

ADMINS = [(address, address) for address in given.names("ADMIN_EMAIL", default=[])]  # who hears of failures
EMAIL_HOST = given.text("EMAIL_HOST", default="localhost")
SERVER_EMAIL = given.text("SERVER_EMAIL", default="root@localhost")

GAMIFICATION: dict[str, dict[str, Any]] = {
    "CHALLENGES": {"LOG_FILE": given.text("GAMIFICATION_CHALLENGES_LOG_FILE")},
    "ORCHESTRATION": {
        "CACHE_ENABLED": given.switch("GAMIFICATION_CACHE_ENABLED", default=True),
        "CACHE_TTL": given.whole_number("GAMIFICATION_CACHE_TTL", default=300),
        "MAX_CONCURRENT_SESSIONS": given.whole_number("GAMIFICATION_MAX_CONCURRENT_SESSIONS", default=1000, at_least=1),
        "ADAPTATION_FREQUENCY": given.whole_number("GAMIFICATION_ADAPTATION_FREQUENCY", default=30, at_least=1),
        "SOCIAL_FEATURES": given.switch("GAMIFICATION_SOCIAL_FEATURES", default=True),
        "ADVANCED_ANALYTICS": given.switch("GAMIFICATION_ADVANCED_ANALYTICS", default=True),
    },
}
