"""What a deployed service must not be. Each question is a plain function; `faults` asks them all.

The server, the worker and beat ask before they start and say in one line why they do not; `manage.py check --deploy`
asks the same. What needs another machine to answer, the database's role and the queue's policy, is a fault
at the start when that machine is silent, and is said aloud by the check.
"""

import sys
from functools import partial
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
            *(key_fault(name, key) for name, key in _keys(settings)),
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


def _keys(settings):
    """Those that sign, and those that are still believed or that chain the audit trail."""
    yield "SECRET_KEY", settings.SECRET_KEY
    yield from (("SECRET_KEY_FALLBACKS", key) for key in settings.SECRET_KEY_FALLBACKS)
    yield from (("AUDIT_KEYS", key) for key in settings.AUDIT_KEYS if key != settings.SECRET_KEY)


def key_fault(name, key):
    if key in KEYS_OF_OURS:
        return f"{name} holds a key everybody can read in the source. Set one of your own."
    if len(key) < KEY_LENGTH or len(set(key)) < 5:
        return f"{name} is too easily guessed: it has fewer than {KEY_LENGTH} characters, or only a few different ones."
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


def owner_fault(owned):
    if owned:
        return (
            f"The service signs in to PostgreSQL as the owner of its tables ({owned} of them): an owner takes any wall "
            "down. Sign in as protocol_web or protocol_work."
        )
    return None


def walls_fault(open_tables):
    if open_tables:
        return (
            f"Row-level security does not stand around {len(open_tables)} tables, {open_tables[0]} among them. Run "
            "migrate and raise_walls as the owner."
        )
    return None


def web_role_fault(reaches_every_row):
    if reaches_every_row:
        return "The web signs in to PostgreSQL as the role that reaches every row. Sign in as protocol_web."
    return None


def asked_faults(connection, broker, *, serves_people=False):
    """What has to be asked of the database and the queue. Each that does not answer is silent, not well."""
    for ask in (partial(database_asked, connection, serves_people), partial(queue_asked, broker)):
        try:
            yield from filter(None, ask())
        except Silent as silent:
            yield silent


def database_asked(connection, serves_people):
    yield role_fault(*role_of(connection))
    yield owner_fault(owned_by_us(connection))
    yield walls_fault(without_walls(connection))
    if serves_people:
        yield web_role_fault(reaches_every_row(connection))


def queue_asked(broker):
    yield policy_fault(*policy_of(broker))


def role_of(connection):
    """Whether the role we sign in as is a superuser, and whether it is above row-level security."""
    query = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    return _asked(connection, query, [], "whether its role is a superuser")[0]


def owned_by_us(connection):
    """How many of our tables the role we sign in as owns, or may become the owner of."""
    query = """
        SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace
        AND pg_has_role(current_user, relowner, 'MEMBER')
    """
    return _asked(connection, query, [_behind_walls()], "who owns its tables")[0][0]


def without_walls(connection):
    """Tables with anything of a child that no forced policy stands around, for the role that serves people."""
    query = """
        SELECT relname FROM pg_class JOIN pg_policies ON tablename = relname AND schemaname = current_schema()
        WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace AND relrowsecurity
        AND relforcerowsecurity AND policyname = 'within_reach' AND %s = ANY(roles)
    """
    tables = _behind_walls()
    stand = _asked(connection, query, [tables, settings.DATABASE_WEB_ROLE], "whether its walls are up")
    return sorted(set(tables) - {table for (table,) in stand})


def reaches_every_row(connection):
    """Whether we signed in as the role of the clock, or as one that may become it."""
    query = "SELECT count(*) FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER')"
    return bool(_asked(connection, query, [settings.DATABASE_WORK_ROLE], "which role it is")[0][0])


def _behind_walls():
    from config.walls.policies import policies

    return list(policies())


def _asked(connection, query, given, what):
    from django.db import Error

    try:
        with connection.cursor() as cursor:
            cursor.execute(query, given)
            return cursor.fetchall()
    except Error as problem:
        raise Silent(f"PostgreSQL cannot be asked {what}") from problem


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


def faults(*, serves_people=False):
    """Every reason not to start, those of the settings first; the others are asked only when these are in order."""
    if found := settings_faults(settings):
        return found
    django.setup()
    from django.db import connection

    from config.celery import app

    broker = app.connection_for_read()
    return [str(fault) for fault in asked_faults(connection, broker, serves_people=serves_people)]


def refuse_if_unfit(*, serves_people=False, **_):
    """Before the server, the worker or beat begins. Says why, past any redirection into a log, and ends the process."""
    if not settings.IS_PRODUCTION:
        return
    from django.db import connection

    for fault in (found := faults(serves_people=serves_people)):
        print(f"The Protocol does not start: {fault}", file=sys.__stderr__, flush=True)
    connection.close()  # what is forked from here on opens its own
    if found:
        sys.exit(REFUSED)
