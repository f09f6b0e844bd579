"""Local agreements between an authority and a Cafcass office: signing one, and going through it every year."""

import logging
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation
from accounts.roles import OrganisationKind, PersonRole
from cases import access, projection, witness
from cases.actions import record
from cases.dates import weekday_date
from cases.models import Case, Event, LocalAgreement
from cases.refusal import NotYours, Refusal
from protocol.agreement import Agreement
from protocol.duties import CATALOGUE
from protocol.faults import Malformed, Refused
from protocol.happenings import Happening
from protocol.vocabulary import Part, Role, Unit

logger = logging.getLogger(__name__)

# More cases than this are counted again in the background, so many at a time.
AT_ONCE = 25

VARIATIONS = [duty for duty in CATALOGUE.values() if duty.variation]


def _can_be_tightened(duty):
    """A limit with a number to lower (or, counting back, to raise), owed by a party to such an agreement.

    Review clocks belong to a child's period of care and to no case, so no agreement about cases reaches them;
    the court's 26 weeks are not the parties' to change.
    """
    if duty.own_number is None or duty.part in (Part.REVIEWS, Part.GOVERNANCE) or duty.owed_by is Role.COURT:
        return False
    return duty.due[0].counts_back or duty.own_number > least(duty)


def least(duty):
    return 0 if duty.unit is Unit.WORKING_DAYS else 1


TIGHTENABLE = [duty for duty in CATALOGUE.values() if _can_be_tightened(duty)]


def visible_to(user):
    """The agreements of one's own agency: what governs one's deadlines is no secret inside it."""
    if not user.is_active or user.role == PersonRole.ADMINISTRATOR:
        return LocalAgreement.objects.none()
    parties = Q(authority=user.organisation_id) | Q(cafcass_office=user.organisation_id)
    return LocalAgreement.objects.filter(parties).select_related("authority", "cafcass_office")


def is_party(user, agreement):
    return user.organisation_id in (agreement.authority_id, agreement.cafcass_office_id)


def other_parties(user):
    """With whom one's agency can sign: an authority with a Cafcass office, and the other way round."""
    kind = OrganisationKind.CAFCASS_OFFICE if user.organisation.is_authority else OrganisationKind.AUTHORITY
    return Organisation.objects.filter(kind=kind)


@dataclass(frozen=True)
class Terms:
    """What two agencies sign."""

    authority: Organisation
    cafcass_office: Organisation
    signed_on: date
    from_on: date
    signed_for_cafcass: str
    signed_for_authority: str
    variations: tuple = ()
    tighter: dict = field(default_factory=dict)


def sign(terms, *, by, submission=None):
    """Sign a version of the local protocol (GOV-1); its yearly review falls due (GOV-2).

    What opened since it came into force is counted again. Raises `Refusal` for a looser limit, with the
    Protocol's own words, and for a second agreement of the same parties from the same day.
    """
    _check_terms(terms, by)
    with transaction.atomic(), audit.act(by, "agreement.signed") as act:
        # Two people signing, or one button pressed twice: one after the other.
        Organisation.objects.select_for_update().get(pk=terms.authority.pk)
        if submission and (first := Event.objects.filter(submission=submission).first()):
            return first.agreement
        _check_free(terms)
        agreement = LocalAgreement.objects.create(
            authority=terms.authority,
            cafcass_office=terms.cafcass_office,
            from_on=terms.from_on,
            signed_for_cafcass=terms.signed_for_cafcass,
            signed_for_authority=terms.signed_for_authority,
            variations=sorted(terms.variations),
            tighter=terms.tighter,
        )
        act.touched(witness.agreement(agreement))
        [signed] = record(
            agreement, Happening.PROTOCOL_SIGNED, on=terms.signed_on, by=by, submission=submission
        )
        for former in _others_between(agreement):
            projection.project_agreement(former, today=timezone.localdate(), because=signed)
        _count_again(cases_governed_by(agreement), because=signed)
        return agreement


def check(terms, *, by):
    """Raise `Refusal` for what `sign` would refuse; nothing is written."""
    _check_terms(terms, by)
    _check_free(terms)


def review(agreement, *, on, by, note="", submission=None):
    """Record that both parties went through the local protocol again; the next review is a year from then."""
    _check_may(by, agreement)
    signed_on = agreement.events.standing().filter(happening=Happening.PROTOCOL_SIGNED).first().on
    if on < signed_on:
        raise Refusal(
            f"The local protocol was signed on {weekday_date(signed_on)}: it cannot have been reviewed before that.",
            field="on",
        )
    return record(
        agreement, Happening.PROTOCOL_REVIEWED, on=on, by=by, note=note.strip(), submission=submission
    )


def cases_governed_by(agreement):
    """The keys of the cases between the two agencies in which something happened since the agreement came into force.

    What opened before keeps the rule it opened under, so no other case can change.
    """
    since = Q(events__on__gte=agreement.from_on)
    care = Q(members__child__events__on__gte=agreement.from_on, members__child__events__case=None)
    between = Case.objects.filter(authority=agreement.authority, cafcass_office=agreement.cafcass_office)
    return list(between.filter(since | care).order_by("pk").values_list("pk", flat=True).distinct())


def reproject(case_ids, because=None):
    """Count the deadlines of these cases again, each in its own transaction; doing it twice changes nothing."""
    for pk in case_ids:
        try:
            with transaction.atomic():
                case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
                projection.project_case(case, today=timezone.localdate(), because=because)
        except Refused:  # one chronology that cannot be played must not keep the others waiting
            logger.exception("Case %s could not be counted again", pk)


def _others_between(agreement):
    same = LocalAgreement.objects.filter(
        authority=agreement.authority, cafcass_office=agreement.cafcass_office
    )
    return same.exclude(pk=agreement.pk)


def _count_again(case_ids, because):
    if len(case_ids) <= AT_ONCE:
        reproject(case_ids, because)
        return
    # The rows remember what is left to do; the clock does it.
    Case.objects.filter(pk__in=case_ids).update(is_stale=True)


def _check_terms(terms, by):
    _check_may(by, LocalAgreement(authority=terms.authority, cafcass_office=terms.cafcass_office))
    if terms.from_on < terms.signed_on:
        raise Refusal(
            f"The agreement was signed on {weekday_date(terms.signed_on)}: it cannot be in force before that.",
            field="from_on",
        )
    for duty_id, number in terms.tighter.items():
        try:
            Agreement(terms.from_on, tighter={duty_id: number})
        except Malformed as fault:
            raise Refusal(f"{fault}.", field=f"tighter_{duty_id}") from fault
    try:
        Agreement(terms.from_on, frozenset(terms.variations))
    except Malformed as fault:
        raise Refusal(f"{fault}.", field="variations") from fault


def _check_may(by, agreement):
    if by is not None and not (access.may_sign_agreements(by) and is_party(by, agreement)):
        raise NotYours(
            "The local protocol is signed and reviewed by a senior manager of the authority "
            "and a Cafcass service manager (GOV-1, GOV-2)."
        )


def _check_free(terms):
    parties = LocalAgreement.objects.filter(authority=terms.authority, cafcass_office=terms.cafcass_office)
    if parties.filter(from_on=terms.from_on).exists():
        raise Refusal(
            f"There is already an agreement of these two from {weekday_date(terms.from_on)}. An agreement is never "
            "changed, only followed by another: choose a later day.",
            field="from_on",
        )
