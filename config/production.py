"""What a deployed service must not be. Each question is a plain function; `faults` asks them all.

The server, the worker and beat ask before they start and say in one line why they do not; `manage.py check --deploy`
asks the same. What needs another machine to answer, the database's role and the queue's policy, is a fault
at the start when that machine is silent, and is said aloud by the check.
"""

import sys
from importlib.metadata import version

import django
from django.conf import settings

KEY_LENGTH = 50
KEYS_OF_OURS = {"for-development-only", "only-while-collecting-static-files"}
WEASYPRINT = 70
# gunicorn gives up on a worker that ends so; with any other number it would start the next one for ever.
REFUSED = 3


class Silent(Exception):
    """A machine that was asked something did not answer."""


def settings_faults(settings):
    """What can be read off the settings."""
    return [
        sentence
        for sentence in (
            debug_fault(settings.IS_DEBUG_ASKED_FOR or settings.DEBUG),
            key_fault(settings.SECRET_KEY),
            database_fault(settings.DATABASES["default"]["ENGINE"]),
            broker_fault(settings.CELERY_BROKER_URL),
            weasyprint_fault(version("weasyprint")),
        )
        if sentence
    ]


def debug_fault(is_debug):
    if is_debug:
        return "DEBUG is on: an error page would show children’s records. Unset DEBUG."
    return None


def key_fault(key):
    if key in KEYS_OF_OURS:
        return "SECRET_KEY is the one everybody can read in the source. Set one of your own."
    if len(key) < KEY_LENGTH or len(set(key)) < 5:
        return f"SECRET_KEY is too easily guessed: it has fewer than {KEY_LENGTH} characters, or only a few different ones."
    return None


def database_fault(engine):
    if not engine.endswith("postgresql"):
        return "The database is not PostgreSQL: SQLite is for trying the product. Set DATABASE_URL."
    return None


def broker_fault(url):
    if not url.startswith(("redis://", "rediss://", "redis+socket://")):
        return "The queue is not Redis: in memory it dies with the process. Set CELERY_BROKER_URL."
    return None


def weasyprint_fault(installed):
    if int(installed.split(".")[0]) < WEASYPRINT:
        return f"WeasyPrint {installed} can be made to fetch from the network. Install {WEASYPRINT} or later."
    return None


def role_fault(is_superuser, is_above_policies):
    if is_superuser or is_above_policies:
        return (
            "The service signs in to PostgreSQL as a superuser or past row-level security: nothing would hold it. "
            "Give it a plain role."
        )
    return None


def policy_fault(policy):
    if policy != "noeviction":
        return f"Redis may throw the queue away when memory is short (maxmemory-policy {policy}). Set it to noeviction."
    return None


def asked_faults(connection, broker):
    """What has to be asked of the database and the queue. Each that does not answer is silent, not well."""
    for ask, fault in ((lambda: role_of(connection), role_fault), (lambda: policy_of(broker), policy_fault)):
        try:
            sentence = fault(*ask())
        except Silent as silent:
            yield silent
        else:
            if sentence:
                yield sentence


def role_of(connection):
    """Whether the role we sign in as is a superuser, and whether it is above row-level security."""
    from django.db import Error

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            return cursor.fetchone()
    except Error as problem:
        raise Silent("PostgreSQL cannot be asked whether its role is a superuser") from problem


def policy_of(broker):
    """What the queue's Redis does when its memory is full. INFO answers where CONFIG is locked away."""
    from kombu.exceptions import KombuError
    from redis import RedisError

    options = {"socket_timeout": 5, "socket_connect_timeout": 5, "max_retries": 1}
    try:
        with broker.clone(transport_options=options) as asked:
            return (asked.default_channel.client.info("memory")["maxmemory_policy"],)
    except (OSError, RedisError, KombuError) as problem:
        raise Silent("Redis cannot be asked whether it evicts") from problem


def faults():
    """Every reason not to start, those of the settings first; the others are asked only when these are in order."""
    if found := settings_faults(settings):
        return found
    from django.db import connection

    from config.celery import app

    return [str(fault) for fault in asked_faults(connection, app.connection_for_read())]


def refuse_if_unfit(**_):
    """Before the server, the worker or beat begins. Says why, past any redirection into a log, and ends the process."""
    if not settings.IS_PRODUCTION:
        return
    django.setup()
    from django.db import connection

    for fault in (found := faults()):
        print(f"The Protocol does not start: {fault}", file=sys.__stderr__, flush=True)
    connection.close()  # what is forked from here on opens its own
    if found:
        sys.exit(REFUSED)
