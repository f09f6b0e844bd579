"""When: two people agree and a record goes. Then: what is left that points at it or names it."""

from django.apps import apps
from django.db.models import Q

from accounts.audit.models import AuditEntry, AuditRecord
from cases.models import Case, Child
from reports.records import disposal
from reports.records.belongings import belongings
from reports.records.models import Disposal
from reports.tasks import dispose

BECAUSE = "The time is over and nobody asked for it."


def gone(child, cast):
    """Mona proposes, Lena of LA legal agrees, the worker carries it out."""
    disposal.propose(child, by=cast.mona, reason=BECAUSE)
    agreed = disposal.agree(child, by=cast.lena)
    dispose([agreed.pk])
    return Disposal.objects.get(pk=agreed.pk)


def keys_of(child):
    """The keys of everything that is to go."""
    return {
        key
        for model, ids in belongings(child).rows.items()
        if any(column.name == "key" for column in model._meta.concrete_fields)
        for key in model._base_manager.filter(pk__in=ids).values_list("key", flat=True)
        if len(key) == 10
    }


def left_of(case, children):
    """Rows that still point at them, by table."""
    left = {}
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model in (Case, Child):
                wanted = [case.pk] if column.related_model is Case else children
                if found := model._base_manager.filter(**{f"{column.name}__in": wanted}).count():
                    left[f"{model._meta.label}.{column.name}"] = found
    return left


def naming(keys):
    """Where a key is still written, the audit trail and the two people's notices of it aside."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model in (AuditRecord, AuditEntry) or not model._meta.managed:
            continue
        for column in model._meta.concrete_fields:
            if column.get_internal_type() in ("CharField", "TextField"):
                holding = Q(pk__in=[])
                for key in keys:
                    holding |= Q(**{f"{column.name}__contains": key})
                found += [model._meta.label for _ in model._base_manager.filter(holding)]
    return found
