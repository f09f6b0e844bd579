"""Who is nudged when Cafcass acts on a referral. A nudge says that there is something, never what."""

from accounts.roles import PersonRole
from referrals.nudging import nudge


def the_iro(referral, event):
    nudge([referral.iro], referral, event.pk)


def the_officer(referral, event):
    """Whom it is allocated to, and the managers of that office (PN 3.6)."""
    managers = referral.office.people.filter(role=PersonRole.CAFCASS_SERVICE_MANAGER)
    others = managers.exclude(pk=referral.officer_id).select_related("organisation")
    nudge([referral.officer, *others], referral, event.pk)


def of_a_limitation(referral, date):
    """A lawyer entered a date that the officer has to have regard to (PN 3.21)."""
    if referral.officer:
        nudge([referral.officer], referral, f"limitation-{date.pk}")


def of_the_end(referral, event):
    nudge([referral.iro, *([referral.officer] if referral.officer else [])], referral, event.pk)


def that_it_goes_on(referral, change):
    nudge([referral.iro], referral, f"goes-on-{change.pk}")
