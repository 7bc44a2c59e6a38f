"""The Celery application of this site; its settings are those named ``CELERY_…``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gamification_site.settings.dev")

app = Celery("gamification_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
