"""Everything that hangs on a child, read off the models of every room: a table added later is not forgotten.

A case, dispute, referral or letter goes with the last of its children. One that other children are still in stays,
and what is this child's own in it goes: facts about the child alone, deadlines, appointments, letters to the child.
"""

from dataclasses import dataclass, field
from functools import cache, partial

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q

from cases.files import store
from cases.models import Case, Child, Event, Miss
from cases.refusal import Refusal
from referrals.models import Dispute, Referral
from reports.records import copies
from reports.records.models import Disposal

# A nudge about a deadline goes with it, though the deadline may go without the nudge.
GO_ALONG = {("cases.notice", "deadline")}
# A fact that opened or explained something of another child’s is only mentioned there, and takes nothing with it.
MENTIONS = {("cases.deadline", "opened_by"), ("cases.miss", "annulled_by"), ("cases.matter", "raised_by")}
# What lies outside the database: the column that names it, and what takes it away.
BYTES = {"cases.storedfile": ("stored_as", store.remove)}
# Cafcass Legal's: that there was a note is not for an authority to read off a certificate (PN 3.2).
NOT_COUNTED = {"referrals.disclosure", "referrals.withholding"}
# What a certificate calls rows whose table has no name people use.
CALLED = {
    "cases.casechild": "Places in a case",
    "cases.miss": "Missed deadlines",
    "letters.letterchild": "Mentions in letters",
    "letters.paper": "PDFs of letters",
    "letters.recipientpaper": "PDFs for recipients",
    "referrals.childinvolvement": "Meetings and contacts with the child",
    "referrals.rightsmet": "Changes reported on a referral",
    "reports.accesspack": "Packs of the whole record",
}
# What a fact about one of these calls it.
TOLD_OF = {Dispute: "details__dispute", Referral: "details__referral"}


@dataclass
class Belongings:
    """The rows that go, by model; and the cases that stay because other children are in them."""

    rows: dict = field(default_factory=dict)
    shared: list = field(default_factory=list)

    def of(self, model):
        return self.rows.get(model, set())

    def counted(self):
        """How many rows of each kind, for the certificate; joining tables are part of what they join."""
        counted = {
            CALLED.get(model._meta.label_lower, str(model._meta.verbose_name_plural).capitalize()): len(ids)
            for model, ids in self.rows.items()
            if ids and not model._meta.auto_created and model._meta.label_lower not in NOT_COUNTED
        }
        return sorted(counted.items())


def belongings(child):
    """What goes with this child, in whatever room it is kept."""
    found = Belongings({Child: {child.pk}})
    for model, to_child in _groups():
        found.rows.setdefault(model, set()).update(_only_about(child, model, to_child))
    found.shared = list(Case.objects.filter(members__child=child).exclude(pk__in=found.of(Case)))
    _gather(found, set(found.rows))
    _gather(found, _told_of_what_goes(found))
    found.rows[Disposal] = _declined(child)
    return found


def take_away(found):
    """Delete it, one statement for each table. What stays and pointed at it points at its like, or at nothing.

    Nothing cascades and nothing is asked of the models one by one: what else still hangs on a row that goes, the
    database says before the transaction ends.
    """
    for model, link in _links():
        if model in found.rows or link.related_model in found.rows:
            _let_go(model, link, found)
    copies.throw_away(found)
    for model, ids in found.rows.items():
        _delete_bytes_of(model, ids)
        doomed = model._base_manager.filter(pk__in=ids)
        doomed._raw_delete(doomed.db)
    connection.check_constraints()


# --- What goes --------------------------------------------------------------------------------------------------


@cache
def _links():
    """Every column of every table that points at another row."""
    return [
        (model, link)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for link in model._meta.concrete_fields
        if link.is_relation
    ]


@cache
def _groups():
    """What may be about several children: it goes with the last of them."""
    return [
        (model, link)
        for model in apps.get_models()
        for link in model._meta.many_to_many
        if link.related_model is Child
    ]


def _only_about(child, model, link):
    """The rows with this child and no other."""
    through, row, to = link.remote_field.through, link.m2m_field_name(), link.m2m_reverse_field_name()
    joined = through._base_manager.order_by()
    others = joined.exclude(**{to: child.pk}).values(row)
    return set(joined.filter(**{to: child.pk}).exclude(**{f"{row}__in": others}).values_list(row, flat=True))


def _goes_along(model, link):
    """Whether a row goes with what this column points at."""
    which = (model._meta.label_lower, link.name)
    return which in GO_ALONG or (which not in MENTIONS and link.remote_field.on_delete is not models.SET_NULL)


def _gather(found, grown):
    """Everything that hangs on what goes, and on that in turn."""
    while grown:
        parent = grown.pop()
        for model, link in _links():
            if link.related_model is not parent or not _goes_along(model, link):
                continue
            theirs = model._base_manager.filter(**{f"{link.name}__in": found.of(parent)}).order_by()
            known = found.rows.setdefault(model, set())
            new = set(theirs.values_list("pk", flat=True)) - known
            if new:
                known |= new
                grown.add(model)


def _declined(child):
    """Proposals that came to nothing; the one that is being carried out stays, with its certificate."""
    return set(
        Disposal.objects.filter(child=child).exclude(declined_at=None).order_by().values_list("pk", flat=True)
    )


def _told_of_what_goes(found):
    """Facts and misses of a case that stays, about a dispute or a referral that goes: told of no child by name."""
    told = Q(pk__in=[])
    missed = Q(pk__in=[])
    for model, name in TOLD_OF.items():
        gone = model.objects.filter(pk__in=found.of(model), case__in=found.shared)
        for case, ref in gone.values_list("case", "ref"):
            told |= Q(case=case, **{name: ref})
            missed |= Q(case=case, subject=ref)
    found.rows.setdefault(Event, set()).update(Event.objects.filter(told).values_list("pk", flat=True))
    found.rows.setdefault(Miss, set()).update(Miss.objects.filter(missed).values_list("pk", flat=True))
    return {Event, Miss}


# --- How it goes ------------------------------------------------------------------------------------------------


def _let_go(model, link, found):
    """Rows that stay let go of what goes."""
    gone = found.of(link.related_model)
    if not gone or _goes_along(model, link):
        return
    staying = model._base_manager.filter(**{f"{link.name}__in": gone}).exclude(pk__in=found.of(model))
    if link.related_model is not Event:
        staying.update(**{link.name: None})
        return
    for pk in staying.order_by().values_list(link.name, flat=True).distinct():
        like = _like(Event.objects.get(pk=pk), gone)
        if like is None and not link.null:
            raise Refusal(
                f"A {model._meta.verbose_name} of another child rests on a fact of this one. The record goes with "
                "the other child’s."
            )
        staying.filter(**{link.name: pk}).update(**{link.name: like})


def _like(event, gone):
    """The same fact as it was written for another child of the case, or for all of it."""
    same = Event.objects.filter(
        case=event.case_id, happening=event.happening, on=event.on, recorded_at=event.recorded_at
    )
    return same.exclude(pk__in=gone).first()


def _delete_bytes_of(model, ids):
    """What lies outside the database goes when the rows have gone for good."""
    column, remove = BYTES.get(model._meta.label_lower, ("", None))
    if column:
        for name in model._base_manager.filter(pk__in=ids).values_list(column, flat=True):
            transaction.on_commit(partial(remove, name), robust=True)
