"""Cases, children, deadlines, the Protocol and local agreements."""

from accounts.roles import PersonRole as P
from config.permissions.groups import (
    ADMINISTRATORS,
    AUTHORITYS,
    CAFCASS,
    CAFCASS_LEGAL_SIDE,
    CASE,
    CHILD_ALONE,
    IRO_SERVICE,
    IROS_AND_MANAGER,
    KEEPS_THE_LIST,
    LA_AND_IRO,
    NAMED,
    NOBODY,
    OFFICE_OF_THE_REFERRAL,
    PARTY,
    SIGNED_IN,
    THE_IRO_MANAGER,
    THE_OFFICER,
)
from config.permissions.of_accounts import ANOTHERS, OWN
from config.permissions.page import form, press, read
from config.permissions.relations import WHOLE_AUTHORITY, in_the_roles, standing, together
from config.permissions.relations import Relation as R

OPENERS = in_the_roles(
    "IROs, social workers and those who answer for a whole authority",
    P.IRO,
    P.SOCIAL_WORKER,
    *WHOLE_AUTHORITY,
)
ADDERS = (P.SOCIAL_WORKER, P.TEAM_MANAGER, *WHOLE_AUTHORITY)
SIGNERS = (P.IRO_MANAGER, P.SERVICE_MANAGER, P.HEAD_OF_SERVICE, P.DIRECTOR, P.CAFCASS_SERVICE_MANAGER)
SENIOR = "Senior people of the IRO service and of Cafcass"
CASEWORKERS_ADD = "Social worker, team manager and those who answer for the authority"
APPOINT_CASEWORK = AUTHORITYS.who_are(
    "IRO manager, IRO business support, LA legal and team manager",
    P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT, P.LA_LEGAL, P.TEAM_MANAGER,
)  # fmt: skip
APPOINT_IRO = AUTHORITYS.who_are(
    "IRO manager and IRO business support", P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT
)
APPOINT_GUARDIAN = CAFCASS.who_are(
    "The Cafcass office of the case", P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_BUSINESS_SUPPORT
)
PARTYS_PEOPLE = PARTY.who_are(
    "Those of a party to it who see cases as a service, and its guardians",
    P.GUARDIAN, P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_BUSINESS_SUPPORT, *WHOLE_AUTHORITY,
)  # fmt: skip

OPEN_CASES = tuple(role for role in P if role != P.ADMINISTRATOR)
ARRANGERS = "Managers and business support of an IRO service, social work managers, LA legal, Cafcass managers and lawyers"
ARRANGE_COVER = (
    P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT, P.TEAM_MANAGER, P.SERVICE_MANAGER, P.HEAD_OF_SERVICE, P.LA_LEGAL,
    P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_LEGAL,
)  # fmt: skip
OWN_PEOPLE = AUTHORITYS.who_are(
    "The child’s own authority’s people who see the record", *(role for role in P if role != P.VOLUNTARY_IRO)
)
OFFICERS_SIDE = together("The officer and the officer’s office", THE_OFFICER, OFFICE_OF_THE_REFERRAL)

# Whose fact it is decides who may record it: colleagues keep one chronology, and those whom an IRO challenges do
# not record what the IRO service does.
FACTS = {
    "a fact of Cafcass": CAFCASS,
    "a fact of the authority": LA_AND_IRO,
    "a fact of the IRO service": IRO_SERVICE,
    "a fact of Cafcass Legal": CAFCASS_LEGAL_SIDE,
    "a fact of authority and Cafcass": together("Authority and Cafcass", LA_AND_IRO, CAFCASS),
    "a fact of IRO service and Cafcass": together("IRO service and Cafcass", IRO_SERVICE, CAFCASS),
    "a fact of Cafcass and Cafcass Legal": together(
        "Cafcass, its officers and Cafcass Legal", CAFCASS, CAFCASS_LEGAL_SIDE, OFFICERS_SIDE
    ),
    "a fact of IRO service and Cafcass Legal": together(
        "IRO service and Cafcass Legal", IRO_SERVICE, CAFCASS_LEGAL_SIDE
    ),
    "a fact of IRO service, Cafcass and Cafcass Legal": together(
        "IRO service, Cafcass, its officers and Cafcass Legal",
        IRO_SERVICE,
        CAFCASS,
        CAFCASS_LEGAL_SIDE,
        OFFICERS_SIDE,
    ),
    "a call to the advice line": NOBODY,
    "what appointing and opening write": NOBODY,
}
TO_APPOINT = {"iro": APPOINT_IRO, "guardian": APPOINT_GUARDIAN} | dict.fromkeys(
    ("social_worker", "team_manager", "la_legal"), APPOINT_CASEWORK
)

PAGES = (
    read("my_work", SIGNED_IN),
    form("cases", SIGNED_IN),
    form("case_new", OPENERS),
    *(
        read(name, CASE)
        for name in (
            "case", "chronology", "people", "hearings", "documents", "reviews", "deadlines", "choose_happening",
        )
    ),
    *(read(name, NAMED, "restricted") for name in ("case", "chronology")),
    read("child", NAMED, "restricted"),
    read("who_may_open", CASE),
    form("restrict", THE_IRO_MANAGER),
    read("restricted_cases", in_the_roles("IRO managers", P.IRO_MANAGER)),
    read("restriction", KEEPS_THE_LIST),
    form("restriction_change", KEEPS_THE_LIST),
    form("restriction_lift", KEEPS_THE_LIST),
    form("emergency", in_the_roles("Everybody who has signed in but administrators", *OPEN_CASES)),
    read("cover", in_the_roles(ARRANGERS, *ARRANGE_COVER)),
    form("cover_new", in_the_roles(ARRANGERS, *ARRANGE_COVER)),
    form("cover_end", standing(
        "The IRO manager and IRO business support of whoever is away", R.SERVICE, P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT,
    ), "an IRO’s"),
    form("what_if", CASE),
    *(form("record", who, fact) for fact, who in FACTS.items()),
    *(form("correct", who, fact) for fact, who in FACTS.items() if fact in (
        "a fact of Cafcass", "a fact of the authority", "a fact of the IRO service", "a fact of authority and Cafcass",
    )),
    form("correct", IROS_AND_MANAGER, "a dispute"),
    *(form("appoint", who, role) for role, who in TO_APPOINT.items()),
    read("why", CASE, "a case’s deadline"),
    read("why", CASE, "a child’s review"),
    read("why", PARTYS_PEOPLE, "a local agreement’s review"),
    form("children", SIGNED_IN),
    form("child_new", in_the_roles("Social workers, team managers and those who answer for an authority", *ADDERS)),
    read("child", CASE, "in a case"),
    read("child", CHILD_ALONE, "in no case"),
    *(read("who_looked", THE_IRO_MANAGER, about) for about in ("in a case", "in no case")),
    *(press("who_looked_export", THE_IRO_MANAGER, about) for about in ("in a case", "in no case")),
    form("child_edit", AUTHORITYS.who_are(CASEWORKERS_ADD, *ADDERS)),
    *(form("appoint_for_child", who, role) for role, who in (TO_APPOINT | {"guardian": NOBODY}).items()),
    form("record_for_child", LA_AND_IRO, "a fact of the authority"),
    form("record_for_child", NOBODY, "a fact of a case"),
    form("correct_for_child", LA_AND_IRO, "a fact of the authority"),
    *(form(name, OWN_PEOPLE, about) for name, about in (
        ("whereabouts_new", "in a case"), ("whereabouts_new", "in no case"),
        ("whereabouts_end", ""), ("whereabouts_correct", ""),
    )),
    form("matter_close", IROS_AND_MANAGER),
    form("file_add", LA_AND_IRO),
    read("file", CASE, "looked at"),
    read("file", NOBODY, "held"),
    form("file_strike_out", LA_AND_IRO),
    read("held_files", in_the_roles("IRO managers", P.IRO_MANAGER)),
    form("file_decide", THE_IRO_MANAGER),
    read("inbox", SIGNED_IN),
    form("inbox_settings", SIGNED_IN),
    press("notice_acknowledge", SIGNED_IN, OWN),
    press("notice_acknowledge", NOBODY, ANOTHERS),
    read("undeliverable", ADMINISTRATORS),
    read("protocol", SIGNED_IN),
    read("protocol_duty", SIGNED_IN),
    read("agreements", SIGNED_IN),
    form("agreement_new", in_the_roles(SENIOR, *SIGNERS)),
    read("agreement", PARTY),
    form("agreement_review", PARTY.who_are(f"{SENIOR} of a party to it", *SIGNERS)),
)  # fmt: skip
