"""The alarm clock. What is to be done stands in the database; Celery only wakes the code that looks."""

import os

from celery import Celery
from celery.signals import beat_init, celeryd_init

from config.production import refuse_if_unfit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("protocol")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

celeryd_init.connect(refuse_if_unfit)
beat_init.connect(refuse_if_unfit)
