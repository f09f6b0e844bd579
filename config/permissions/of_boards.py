"""Boards, the lists behind their numbers, and what a manager does about what is late."""

from accounts.roles import PersonRole as P
from config.permissions.groups import CASE, NOBODY, SIGNED_IN
from config.permissions.of_accounts import ANOTHERS, OWN
from config.permissions.page import form, press, read
from config.permissions.relations import WHOLE_AUTHORITY, Relation, in_the_roles, standing, together

WHOLE_OFFICE = (P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_BUSINESS_SUPPORT)
OF_THE_IRO_SERVICE = tuple(role for role in WHOLE_AUTHORITY if role != P.LA_LEGAL)
HAVE_A_BOARD = in_the_roles(
    "Those who answer for an authority’s service or for a Cafcass office", *WHOLE_AUTHORITY, *WHOLE_OFFICE
)
SEE_THE_IRO_BOARD = in_the_roles(
    "Those who answer for an authority’s service, but LA legal", *OF_THE_IRO_SERVICE
)
SEE_THE_OFFICES_BOARD = in_the_roles("Cafcass service managers and business support", *WHOLE_OFFICE)
LA_LEGAL = in_the_roles("LA legal, of any authority", P.LA_LEGAL)
FOLLOW_UP = in_the_roles(
    "IRO managers, Cafcass service managers and LA legal",
    P.IRO_MANAGER,
    P.CAFCASS_SERVICE_MANAGER,
    P.LA_LEGAL,
)
REASSIGN = in_the_roles("IRO managers and Cafcass service managers", P.IRO_MANAGER, P.CAFCASS_SERVICE_MANAGER)
FIND = in_the_roles("Everybody but administrators", *(role for role in P if role != P.ADMINISTRATOR))
ONE_BY_ONE = CASE.who_are(
    "Those who answer for the authority’s service, or for the Cafcass office of the case",
    *WHOLE_AUTHORITY,
    *WHOLE_OFFICE,
)
KNOW_THE_PERSON = together(
    "The person’s colleagues, but administrators, and those who see a case of theirs",
    CASE,
    standing("", Relation.SERVICE, P.IRO, P.SOCIAL_WORKER, P.TEAM_MANAGER),
    standing("", Relation.MANAGER, P.TEAM_MANAGER),
)

PAGES = (
    read("boards", HAVE_A_BOARD),
    read("board_iro_service", SEE_THE_IRO_BOARD),
    read("board_cafcass", SEE_THE_OFFICES_BOARD),
    read("board_la_legal", LA_LEGAL),
    read("board_reciprocity", HAVE_A_BOARD),
    read("board_clock", SIGNED_IN),
    read("board_deadlines", HAVE_A_BOARD),
    read("board_children", HAVE_A_BOARD),
    read("board_disputes", HAVE_A_BOARD),
    read("board_letters", SEE_THE_OFFICES_BOARD),
    *(form("board_follow_up", FOLLOW_UP, act) for act in ("acknowledge", "chase", "reason")),
    form("board_follow_up", REASSIGN, "reassign"),
    read("board_deadline", ONE_BY_ONE, "a case’s deadline"),
    form("find", FIND),
    read("find_person", KNOW_THE_PERSON),
    form("view_save", HAVE_A_BOARD),
    form("saved_view", HAVE_A_BOARD, OWN),
    form("saved_view", NOBODY, ANOTHERS),
    press("view_stop", HAVE_A_BOARD, OWN),
    press("view_stop", NOBODY, ANOTHERS),
    press("view_forget", HAVE_A_BOARD, OWN),
    press("view_forget", NOBODY, ANOTHERS),
)
