"""Answers: freedom of information, the files somebody asked for."""

from accounts.roles import PersonRole as P
from config.permissions.groups import NOBODY, SIGNED_IN
from config.permissions.of_accounts import ANOTHERS, OWN
from config.permissions.page import form, press, read
from config.permissions.relations import Relation, in_the_roles, standing

FOI_ROLES = (
    P.IRO_MANAGER,
    P.IRO_BUSINESS_SUPPORT,
    P.HEAD_OF_SERVICE,
    P.DIRECTOR,
    P.CHIEF_EXECUTIVE,
    P.LA_LEGAL,
)
ANSWERS_FOI = in_the_roles(
    "Those who answer for the IRO service, LA legal and Cafcass Legal", *FOI_ROLES, P.CAFCASS_LEGAL
)
THEIR_FOI = standing(
    "Those of the authority it reached, of its IRO service, leaders and LA legal",
    Relation.SERVICE,
    *FOI_ROLES,
)

PAGES = (
    read("answers", SIGNED_IN),
    read("answer_file", SIGNED_IN, OWN),
    read("answer_file", NOBODY, ANOTHERS),
    press("answer_file_fetch", SIGNED_IN, OWN),
    press("answer_file_fetch", NOBODY, ANOTHERS),
    read("foi", ANSWERS_FOI),
    form("foi_new", ANSWERS_FOI),
    form("foi_request", THEIR_FOI),
    press("foi_pack", THEIR_FOI),
)
