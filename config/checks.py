"""`manage.py check`: in production what the settings say, for every command; with --deploy also what must be asked."""

from django.conf import settings
from django.core import checks
from django.db import connection

from config import production


@checks.register(checks.Tags.security)
def settings_are_fit(app_configs, **_):
    return _errors(production.settings_faults(settings)) if settings.IS_PRODUCTION else []


@checks.register(checks.Tags.security, deploy=True)
def deployment_is_fit(app_configs, **_):
    found = production.settings_faults(settings)
    if found:
        return [] if settings.IS_PRODUCTION else _errors(found)
    from config.celery import app

    return [_said(fault) for fault in production.asked_faults(connection, app.connection_for_read())]


def _errors(faults):
    return [checks.Error(fault, id="config.E001") for fault in faults]


def _said(fault):
    """A machine that is silent is no fault of the settings; the start refuses, the check only says so."""
    if isinstance(fault, production.Silent):
        return checks.Info(f"NOT CHECKED: {fault}.", id="config.I001")
    return checks.Error(fault, id="config.E002")
