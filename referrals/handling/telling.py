"""Who is nudged when something happens on a referral. A nudge says that there is something, never what."""

from django.utils import timezone

from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Notice


def nudge(referral, people, about):
    """One notice to each, once; nobody is reminded in an agency off the system."""
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.REFERRAL,
                recipient=person,
                case=referral.case,
                about=f"referral:{referral.key}:{about}",
                created_at=timezone.now(),
            )
            for person in {person.pk: person for person in people if person}.values()
            if person.is_reminded
        ],
        ignore_conflicts=True,
    )


def the_iro(referral, event):
    nudge(referral, [referral.iro], event.pk)


def the_officer(referral, event):
    """Whom it is allocated to, and the managers of that office (PN 3.6)."""
    nudge(referral, [referral.officer, *managers_of(referral.office)], event.pk)


def the_officer_of(referral, about):
    nudge(referral, [referral.officer], about)


def cafcass_legal(referral, about):
    lawyers = User.objects.filter(
        role=PersonRole.CAFCASS_LEGAL, organisation__kind=OrganisationKind.CAFCASS_LEGAL, is_active=True
    )
    nudge(referral, lawyers.select_related("organisation"), about)


def those_handling(referral, about):
    """The officer, or Cafcass Legal while there is none."""
    if referral.officer:
        nudge(referral, [referral.officer, *managers_of(referral.office)], about)
    else:
        cafcass_legal(referral, about)


def managers_of(office):
    if office is None:
        return []
    managers = office.people.filter(role=PersonRole.CAFCASS_SERVICE_MANAGER, is_active=True)
    return managers.select_related("organisation")
