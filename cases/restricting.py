"""Restricting a case to a list of names, changing the list, and lifting the restriction."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import PersonRole
from cases import access, witness
from cases.models import Appointment, Case, NamedReader, Restriction
from cases.refusal import NotYours, Refusal


def restriction_of(case):
    """The restriction that stands on a case, or None."""
    return Restriction.objects.standing().filter(case=case).select_related("placed_by").first()


def on_the_list(restriction):
    """Who is on it now, by name."""
    readers = restriction.readers.filter(removed_at=None)
    return readers.select_related("person__organisation", "named_by").order_by("person__name", "pk")


def proposed_for(case):
    """Who is proposed for the list: the children's IRO, and the guardian of the case. The list decides."""
    held = Appointment.objects.filter(until_on=None, role__in=[PersonRole.IRO, PersonRole.GUARDIAN])
    of_it = held.filter(case=case) | held.filter(case=None, child__memberships__case=case)
    return User.objects.filter(pk__in=of_it.values("person"), is_active=True)


def unrestricted_besides(case):
    """Other cases of the same children that stand open: what they tell of the children is not restricted by this."""
    children = case.members.filter(left_on=None).values("child")
    others = Case.objects.filter(members__child__in=children, members__left_on=None).exclude(pk=case.pk)
    shut = Restriction.objects.standing().values("case")
    return others.exclude(pk__in=shut).distinct()


def restrict(case, *, by, reason, readers):
    """From now on only these people may open the case and its children's records.

    Somebody of the IRO service is among them: what is secret from its IROs nobody reviews. Pressed twice, it is
    restricted once.
    """
    if not access.may_restrict(by):
        raise NotYours("A case is restricted by the authority’s IRO manager. Ask them, and tell them why.")
    _check_said(reason)
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        _check_list(case, readers, readers)
        if already := restriction_of(case):
            return already
        restriction = Restriction.objects.create(
            authority_id=case.authority_id,
            case=case,
            reason=reason.strip(),
            placed_by=by,
            placed_at=timezone.now(),
        )
        _name(restriction, readers, by)
        _witness(by, "case.restricted", restriction, readers, reason)
    return restriction


def change_list(restriction, *, by, reason, readers):
    """These people, and nobody else, from now on."""
    _check_said(reason)
    with transaction.atomic():
        restriction = _locked(restriction, by)
        listed = {reader.person_id: reader for reader in on_the_list(restriction)}
        chosen = {person.pk: person for person in readers}
        removed = [reader for pk, reader in listed.items() if pk not in chosen]
        added = [person for pk, person in chosen.items() if pk not in listed]
        _check_list(restriction.case, added, readers)
        restriction.readers.filter(pk__in=[reader.pk for reader in removed]).update(
            removed_by=by, removed_at=timezone.now()
        )
        _name(restriction, added, by)
        if removed or added:
            people = [*added, *(reader.person for reader in removed)]
            _witness(by, "restriction.changed", restriction, people, reason)


def lift(restriction, *, by, reason):
    """Everybody whose role or appointment opens the case may open it again. Pressed twice, it is lifted once."""
    _check_said(reason)
    with transaction.atomic():
        restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
        if restriction.lifted_at:
            return
        _check_kept(restriction, by)
        restriction.lifted_by, restriction.lifted_at = by, timezone.now()
        restriction.reason_lifted = reason.strip()
        restriction.save(update_fields=["lifted_by", "lifted_at", "reason_lifted"])
        _witness(by, "restriction.lifted", restriction, [], reason)


def _locked(restriction, by):
    found = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    _check_kept(found, by)
    return found


def _check_kept(restriction, by):
    if not Restriction.objects.kept_by(by).filter(pk=restriction.pk).exists():
        raise NotYours(
            "The list is kept by the IRO manager who restricted the case, or by another who is on it. Ask them."
        )


def _check_said(reason):
    if not reason.strip():
        raise Refusal("Say why: whoever comes after you has to understand it.", field="reason")


def _check_list(case, added, readers):
    allowed = set(access.may_be_named(case).filter(pk__in=[p.pk for p in added]).values_list("pk", flat=True))
    for person in added:
        if person.pk not in allowed:
            raise Refusal(
                f"{person.name} cannot be on the list: only people of the authority, of the case’s Cafcass office "
                "and those appointed can, and Cafcass Legal once the case is referred.",
                field="others",
            )
    if not any(access.is_of_iro_service(person) for person in readers):
        raise Refusal(
            "Somebody of the IRO service has to be on the list: every looked-after child’s case is reviewed by an "
            "IRO (CA 1989 s25A). Add the IRO or an IRO manager.",
            field="readers",
        )


def _name(restriction, people, by):
    NamedReader.objects.bulk_create(
        NamedReader(
            authority_id=restriction.authority_id,
            restriction=restriction,
            person=person,
            named_by=by,
            named_at=timezone.now(),
        )
        for person in people
    )


def _witness(by, verb, restriction, people, reason):
    audit.changed(
        by, verb, *witness.whole(restriction.case), *(("person", person.pk) for person in people),
        why=reason.strip(),
    )  # fmt: skip
