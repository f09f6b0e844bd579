"""Who may see which board, and act on what stands behind it. One page: default deny.

A board shows only to those who see the whole of the service it is about: whatever is counted they may also open. What
is restricted counts for those on its list, and each page says so.
"""

from accounts.roles import PersonRole
from cases.access import IRO_ROLES, WHOLE_AUTHORITY, WHOLE_OFFICE
from reports.boards import names

IRO_BOARD = WHOLE_AUTHORITY - {PersonRole.LA_LEGAL}
LEGAL_BOARD = {PersonRole.LA_LEGAL}
CAFCASS_BOARD = WHOLE_OFFICE
LISTS = WHOLE_AUTHORITY | WHOLE_OFFICE
# Those who answer for a service act on what its people owe.
FOLLOW_UP = {PersonRole.IRO_MANAGER, PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.LA_LEGAL}
REASSIGN = {
    PersonRole.IRO_MANAGER: PersonRole.IRO,
    PersonRole.CAFCASS_SERVICE_MANAGER: PersonRole.GUARDIAN,
}
OWN_BOARD = {
    names.IRO_SERVICE: IRO_BOARD,
    names.CAFCASS: CAFCASS_BOARD,
    names.LA_LEGAL: LEGAL_BOARD,
}


def own_board(user):
    """The name of the page on which this person's board stands, or nothing."""
    if not user.is_active:
        return ""
    return next((page for page, roles in OWN_BOARD.items() if user.role in roles), "")


def may_see_board(user, page):
    return user.is_active and user.role in OWN_BOARD[page]


def may_see_lists(user):
    return user.is_active and user.role in LISTS


def may_find(user):
    """Whoever has cases looks among them; an administrator has none."""
    return user.is_active and user.role != PersonRole.ADMINISTRATOR


def may_follow_up(user):
    return user.is_active and user.role in FOLLOW_UP


def reassigns(user):
    """The role this person allocates from a list, or None: each side appoints its own people."""
    return REASSIGN.get(user.role) if user.is_active else None


def may_give_reason(user, deadline):
    """Why it was late is said by the agency that owed it, or for one that is not on the system.

    What the IRO service owed, it says itself: nobody speaks for it whom an IRO may challenge.
    """
    if not may_follow_up(user) or (user.role == PersonRole.LA_LEGAL and deadline.owed_by in IRO_ROLES):
        return False
    owing = deadline.owing
    return owing is None or owing.pk == user.organisation_id or not owing.is_on_system
