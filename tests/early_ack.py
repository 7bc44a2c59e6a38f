"""The site's Celery application without its guard: messages are acknowledged before the work is done."""

from gamification_site.celery import app

app.conf.task_annotations = {"*": {"acks_late": False}}
