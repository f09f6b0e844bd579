"""What `check --deploy` says about the doors."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.db import DatabaseError

from accounts.models import User


@register(deploy=True)
def guesses_are_counted_together(app_configs, **kwargs):
    if settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        yield Warning(
            "Guesses at passwords are counted in each process by itself.",
            hint="Set REDIS_CACHE_URL: the limits then hold for all of them together.",
            id="accounts.W001",
        )


@register(deploy=True)
def nobody_is_invented(app_configs, databases=None, **kwargs):
    """The people of the demonstration are refused at the door; they should not be there at all."""
    if settings.IS_PRODUCTION and _somebody_is():
        yield Error(
            "The database holds people of the demonstration, whose passwords and secrets are printed.",
            hint="They cannot sign in. Use a database in which the demonstration was never played.",
            id="accounts.E001",
        )


@register(deploy=True)
def a_directory_answers_for_one_organisation(app_configs, **kwargs):
    if settings.OIDC_SERVER and not settings.OIDC_ORGANISATION:
        yield Error(
            "OIDC_SERVER is set without OIDC_ORGANISATION: nobody can sign in with the directory.",
            hint="Name the organisation, as it is called here, whose directory it is.",
            id="accounts.E002",
        )


def _somebody_is():
    try:
        return User.objects.filter(is_demonstration=True).exists()
    except DatabaseError:
        # Not migrated, or not reachable: nobody is there.
        return False
