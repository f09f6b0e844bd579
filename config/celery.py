"""The alarm clock. What is to be done stands in the database; Celery only wakes the code that looks."""

import os

from celery import Celery
from celery.signals import beat_init, celeryd_init, setup_logging

from config.production import refuse_if_unfit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("protocol")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def leave_logging_to_django(**_):
    """Celery's own lines would carry the words of every fault (`config.errors`); it sets up nothing where one answers."""


celeryd_init.connect(refuse_if_unfit)
beat_init.connect(refuse_if_unfit)
