"""Rows of a table as text that can be compared, whatever the database."""

from django.apps import apps


def told(row):
    """A row in words; bytes by their content, since PostgreSQL hands out views of memory."""
    return repr([bytes(value) if isinstance(value, memoryview) else value for value in row])


def stored(but=()):
    """Every row of every table, sessions aside, and aside from the models named in `but`."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    kept = [model for model in models if model.__name__ not in ("Session", *but)]
    return {model._meta.label: sorted(map(told, model.objects.values_list())) for model in kept}
