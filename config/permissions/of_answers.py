"""Answers: freedom of information, the statutory return, data quality, files, the calendar."""

from accounts.roles import PersonRole as P
from config.permissions.groups import ANYBODY, NOBODY, SIGNED_IN
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
ANNUAL_ROLES = (
    P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT, P.HEAD_OF_SERVICE, P.DIRECTOR, P.CHIEF_EXECUTIVE, P.SERVICE_MANAGER, P.IRO,
)  # fmt: skip
ANSWERS_FOI = in_the_roles(
    "Those who answer for the IRO service, LA legal and Cafcass Legal", *FOI_ROLES, P.CAFCASS_LEGAL
)
THEIR_FOI = standing(
    "Those of the authority it reached: IRO service, its leaders, LA legal", Relation.SERVICE, *FOI_ROLES
)
MAKES_RETURN = in_the_roles(
    "IRO manager, IRO business support, head of service and director",
    P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT, P.HEAD_OF_SERVICE, P.DIRECTOR,
)  # fmt: skip
KEEPS_DATA_RIGHT = in_the_roles(
    "IRO manager, IRO business support, service manager, head of service and LA legal",
    P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT, P.SERVICE_MANAGER, P.HEAD_OF_SERVICE, P.LA_LEGAL,
)  # fmt: skip
THEIR_ANNUAL = standing(
    "Those of the authority whose report it is: IRO service, its leaders, service managers, IROs",
    Relation.SERVICE, *ANNUAL_ROLES,
)  # fmt: skip
WRITE_ANNUAL = standing(
    "Its IRO manager and IRO business support", Relation.SERVICE, P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT
)
SIGN_ANNUAL = standing("Its IRO manager", Relation.SERVICE, P.IRO_MANAGER)
READS_ANNUAL = in_the_roles("IRO service, its leaders, service managers and IROs", *ANNUAL_ROLES)
BEGINS_ANNUAL = in_the_roles("IRO managers and IRO business support", P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT)
SEES_CONFORMANCE = in_the_roles(
    "Those who answer for the IRO service, LA legal, service managers and Cafcass service managers",
    *FOI_ROLES, P.SERVICE_MANAGER, P.CAFCASS_SERVICE_MANAGER,
)  # fmt: skip
IRO_MANAGERS = in_the_roles("IRO managers", P.IRO_MANAGER)
TAKES_A_CASE = in_the_roles(
    "IRO manager, head of service, director and LA legal",
    P.IRO_MANAGER, P.HEAD_OF_SERVICE, P.DIRECTOR, P.LA_LEGAL,
)  # fmt: skip
MAKES_PACKS = in_the_roles(
    "IRO manager, head of service and director", P.IRO_MANAGER, P.HEAD_OF_SERVICE, P.DIRECTOR
)
WITH_CASES = in_the_roles(
    "Everybody who has signed in, but administrators", *(role for role in P if role != P.ADMINISTRATOR)
)

PAGES = (
    read("answers", WITH_CASES),
    read("answer_file", SIGNED_IN, OWN),
    read("answer_file", NOBODY, ANOTHERS),
    press("answer_file_fetch", SIGNED_IN, OWN),
    press("answer_file_fetch", NOBODY, ANOTHERS),
    read("foi", ANSWERS_FOI),
    form("foi_new", ANSWERS_FOI),
    form("foi_request", THEIR_FOI),
    press("foi_pack", THEIR_FOI),
    form("annual", READS_ANNUAL, writes=BEGINS_ANNUAL),
    read("annual_report", THEIR_ANNUAL),
    form("annual_section", WRITE_ANNUAL),
    read("annual_behind", THEIR_ANNUAL),
    press("annual_sign", SIGN_ANNUAL),
    press("annual_file", THEIR_ANNUAL),
    read("conformance", SEES_CONFORMANCE),
    read("conformance_duty", SEES_CONFORMANCE),
    read("conformance_path", SEES_CONFORMANCE),
    read("statutory_return", MAKES_RETURN),
    press("statutory_file", MAKES_RETURN),
    form("feed", WITH_CASES),
    press("feed_end", WITH_CASES),
    read("calendar", ANYBODY, "by somebody’s private address"),
    read("exports", WITH_CASES),
    form("export", WITH_CASES),
    form("export_case", TAKES_A_CASE),
    form("inspection", MAKES_PACKS),
    read("quality", KEEPS_DATA_RIGHT),
    form("quality_list", KEEPS_DATA_RIGHT, writes=IRO_MANAGERS),
)
