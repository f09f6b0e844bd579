"""What names a record by its key alone and goes with it: forms kept, files that wait, calendars, notices of packs."""

from django.db.models import Q

from accounts.models import KeptWork
from cases.models import Case, Child, Deadline, Notice
from reports.feed import happenings
from reports.models.feed import FeedEntry
from reports.models.files import AnswerFile


def throw_away(found):
    """Before the rows go, since their keys go with them."""
    _forms_kept(_keys(found, [model for model in found.rows if _has_a_key(model)]))
    _files({*_keys(found, [Case, Child])})
    _of_calendars(_keys(found, [Case]), Deadline.objects.filter(pk__in=found.of(Deadline)))
    for key in _keys(found, [Child]):
        Notice.objects.filter(kind=Notice.Kind.PACK, about__startswith=f"{key}:").delete()


def _has_a_key(model):
    return any(column.name == "key" for column in model._meta.concrete_fields)


def _keys(found, models):
    return [
        key
        for model in models
        for key in model._base_manager.filter(pk__in=found.of(model)).order_by().values_list("key", flat=True)
    ]


def _forms_kept(keys):
    """Forms somebody sent too late about any of it: they are known by the keys in their addresses."""
    about = Q(pk__in=[])
    for key in keys:
        about |= Q(page__contains=f"/{key}/") | Q(action__contains=f"/{key}/")
    KeptWork.objects.filter(about).delete()


def _files(keys):
    """Files that were asked for and still wait to be fetched, or to be made."""
    waiting = AnswerFile.objects.order_by().values_list("pk", "records", "asked")
    doomed = [pk for pk, records, asked in waiting if keys & _named(records, asked)]
    AnswerFile.objects.filter(pk__in=doomed).delete()


def _named(records, asked):
    return {str(key) for _, key in records} | {str(asked.get("case", "")), *map(str, asked.get("cases", ()))}


def _of_calendars(cases, deadlines):
    told = Q(about__in=[happenings.about(deadline) for deadline in deadlines.iterator()])
    for key in cases:
        told |= Q(about__startswith=f"hearing:{key}:") | Q(about__startswith=f"review:{key}:")
    FeedEntry.objects.filter(told).delete()
