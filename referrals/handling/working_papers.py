"""What Cafcass writes down for itself while it acts: never shown to the authority or the IRO."""

from django.utils import timezone

from cases.dates import weekday_date
from cases.refusal import NotYours, Refusal
from referrals import access, following
from referrals.handling import door, telling
from referrals.models import ChildInvolvement, CourtPermission, Enquiry, LimitationDate


def enquire(referral, *, by, on, source, note, permission):
    """One enquiry made: of papers, the child, the IRO or others, with the court's leave where needed (PN 3.12)."""
    with door.doing(referral, by, "enquiry_added") as act:
        referral = _open_to(by, referral)
        door.check_allocated(referral)
        _check_day(on, referral)
        _check_said(note, "note", "Write what was learned from this enquiry (PN 3.12).")
        _once(
            act,
            referral.enquiries,
            Enquiry,
            on=on,
            source=source,
            note=note.strip(),
            permission=permission,
            by=by,
        )
        following.follow(referral.case)
        return door.again(referral)


def involve_child(referral, *, by, on, child, way, note):
    """The child met, told how to reach Cafcass, answered, or taking over the case (REF-19, PN 3.18)."""
    with door.doing(referral, by, "child_involved") as act:
        referral = _open_to(by, referral)
        if not referral.children.filter(pk=child.pk).exists():
            raise Refusal("Choose a child this referral is about.", field="child")
        _check_day(on, referral)
        _check_said(note, "note", "Write what happened, and what the child said (PN 3.18).")
        _once(
            act,
            referral.involvements,
            ChildInvolvement,
            on=on,
            child=child,
            way=way,
            note=note.strip(),
            by=by,
        )
        return referral


def enter_limitation(referral, *, by, claim, last_day):
    """The last day for a claim. A lawyer works it out; nothing here counts it (REF-30, PN 3.21)."""
    with door.doing(referral, by, "limitation_entered") as act:
        referral = door.lock(referral)
        if not access.may_enter_limitation(by):
            raise NotYours("Limitation dates are entered by a lawyer of Cafcass Legal (PN 3.21).")
        door.check_open(referral)
        _check_said(claim, "claim", "Say which claim the date is for, such as judicial review (PN 3.21).")
        row = _once(
            act, referral.limitation_dates, LimitationDate, claim=claim.strip(), last_day=last_day, by=by
        )
        telling.of_a_limitation(referral, row)
        return referral


def record_permission(referral, *, by, papers, asked_on, given_on=None):
    """The family court's leave to use its papers in a claim; Cafcass needs none to be sent them (REF-25, PN 3.8)."""
    with door.doing(referral, by, "permission_asked") as act:
        referral = _open_to(by, referral)
        _check_said(papers, "papers", "Say which papers of the family court the permission is for (PN 3.8).")
        _check_past(asked_on, "asked_on")
        if given_on:
            _check_given(given_on, asked_on)
        _once(
            act, referral.court_permissions, CourtPermission, papers=papers.strip(), asked_on=asked_on,
            given_on=given_on, by=by,
        )  # fmt: skip
        return referral


def permission_given(permission, *, by, on):
    """The court gave what was asked for."""
    with door.doing(permission.referral, by, "permission_given") as act:
        _open_to(by, permission.referral)
        permission = CourtPermission.objects.select_for_update().get(pk=permission.pk)
        if permission.given_on:
            raise Refusal(
                f"The court’s permission was already given, on {weekday_date(permission.given_on)}."
            )
        _check_given(on, permission.asked_on)
        permission.given_on = on
        permission.save(update_fields=["given_on"])
        act.touched()
        return permission


def _open_to(by, referral):
    referral = door.lock(referral)
    door.check_handles(by, referral)
    door.check_open(referral)
    return referral


def _once(act, rows, model, **typed):
    """The same entry sent twice by one person is one entry."""
    existing = rows.filter(**typed).first()
    if existing:
        return existing
    act.touched()
    return model.objects.create(referral=rows.instance, at=timezone.now(), **typed)


def _check_day(on, referral):
    _check_past(on, "on")
    door.check_not_before(on, referral.submitted_on, f"{referral.ref} was submitted")


def _check_past(on, field):
    if on > timezone.localdate():
        raise Refusal(
            f"{weekday_date(on)} is in the future. Write it down once it has happened.", field=field
        )


def _check_given(given_on, asked_on):
    _check_past(given_on, "given_on")
    if given_on < asked_on:
        raise Refusal(
            f"The permission was asked for on {weekday_date(asked_on)}: it cannot have been given before that.",
            field="given_on",
        )


def _check_said(text, field, sentence):
    if not text.strip():
        raise Refusal(sentence, field=field)
