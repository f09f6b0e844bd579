"""A process started as production starts it, with nothing behind it, and what is wrong with each that must not start."""

import os
import subprocess
import sys

from django.conf import settings

GOOD_KEY = "a-key-for-these-tests-alone-0123456789-abcdefghijklmnopqrstuvwxyz"
NOWHERE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": GOOD_KEY,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "REDIS_CACHE_URL": "redis://127.0.0.1:1/1",
}
FIT = {
    "IS_DEBUG_ASKED_FOR": False,
    "DEBUG": False,
    "SECRET_KEY": GOOD_KEY,
    "SECRET_KEY_FALLBACKS": [],
    "AUDIT_KEYS": [GOOD_KEY],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "CELERY_BROKER_URL": "redis://redis:6379/0",
}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
# What is wrong → what the settings say, what the environment says, and the beginning of the sentence.
REFUSALS = {
    "debug": ({"IS_DEBUG_ASKED_FOR": True}, {"DEBUG": "1"}, "DEBUG is on"),
    "no key": (
        {"SECRET_KEY": "for-development-only"},
        {"SECRET_KEY": None},
        "SECRET_KEY holds a key everybody",
    ),
    "the key of the image": (
        {"SECRET_KEY": "only-while-collecting-static-files"},
        {"SECRET_KEY": "only-while-collecting-static-files"},
        "SECRET_KEY holds a key everybody",
    ),
    "a short key": ({"SECRET_KEY": "short"}, {"SECRET_KEY": "short"}, "SECRET_KEY is too easily guessed"),
    "a monotonous key": (
        {"SECRET_KEY": "a" * 60},
        {"SECRET_KEY": "a" * 60},
        "SECRET_KEY is too easily guessed",
    ),
    "a published key that is still believed": (
        {"SECRET_KEY_FALLBACKS": [GOOD_KEY[::-1], "for-development-only"]},
        {"SECRET_KEY_FALLBACKS": f"{GOOD_KEY[::-1]},for-development-only"},
        "SECRET_KEY_FALLBACKS holds a key everybody",
    ),
    "an audit key anybody guesses": (
        {"AUDIT_KEYS": ["x"]},
        {"AUDIT_KEYS": "x"},
        "AUDIT_KEYS is too easily guessed",
    ),
    "SQLite": ({"DATABASES": SQLITE}, {"DATABASE_URL": None}, "The database is not PostgreSQL"),
    "a queue in memory": (
        {"CELERY_BROKER_URL": "memory://"},
        {"CELERY_BROKER_URL": None},
        "The queue is not Redis",
    ),
}


def run(*command, **changed):
    """What a command of production does, its environment changed; what is None is left out."""
    wanted = {name: value for name, value in (NOWHERE | changed).items() if value is not None}
    left_out = {"DATABASE_URL", "CELERY_BROKER_URL", "REDIS_CACHE_URL", "SECRET_KEY", "DEBUG"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out} | wanted
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
