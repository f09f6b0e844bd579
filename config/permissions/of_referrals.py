"""Disputes, the advice line, the rota, and referrals."""

from accounts.roles import OrganisationKind
from accounts.roles import PersonRole as P
from config.permissions.groups import (
    CAFCASS_LEGAL,
    CASE,
    IRO_SERVICE,
    IROS_AND_MANAGER,
    NOBODY,
    OFFICE_OF_THE_REFERRAL,
    REFERRED,
    SIGNED_IN,
    THE_OFFICER,
)
from config.permissions.page import Page, form, read
from config.permissions.relations import in_the_roles, together

# An IRO of a voluntary organisation challenges the authority whose child they hold (PN 2.1).
PURSUES = IROS_AND_MANAGER
MANAGERS = (P.TEAM_MANAGER, P.SERVICE_MANAGER, P.HEAD_OF_SERVICE, P.DIRECTOR, P.CHIEF_EXECUTIVE)
ANSWERS = CASE.who_are(
    "The authority’s managers; the IRO and the IRO manager for them", *MANAGERS, P.IRO, P.IRO_MANAGER
)
TELLS_COURT = CASE.who_are("LA legal; the IRO and the IRO manager for it", P.LA_LEGAL, P.IRO, P.IRO_MANAGER)
ACTS_ON_A_DISPUTE = {
    "answer": ANSWERS,
    "endorse": IRO_SERVICE.who_are("The IRO manager", P.IRO_MANAGER),
    "mediate": CASE.who_are("The head of service", P.HEAD_OF_SERVICE),
    "court": TELLS_COURT,
} | dict.fromkeys(
    ("formal", "further", "complaints", "resolve", "unresolved", "withdraw", "guardian", "report", "cafcass"),
    PURSUES,
)

REFERS = IRO_SERVICE.who_are("The IRO (PN 3.4)", P.IRO, P.VOLUNTARY_IRO)
PREPARES = IRO_SERVICE.who_are("The authority’s IRO", P.IRO)
READS_A_DRAFT = IRO_SERVICE.who_are(
    "The authority’s IRO and IRO service", P.IRO, P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT
)
INFORMS = CASE.who_are(
    "The authority’s IRO and IRO manager, social worker and team manager",
    P.IRO, P.IRO_MANAGER, P.SOCIAL_WORKER, P.TEAM_MANAGER,
)  # fmt: skip
THEIR_MANAGER = OFFICE_OF_THE_REFERRAL.who_are("The officer’s service manager", P.CAFCASS_SERVICE_MANAGER)
HANDLES = together(
    "The officer, the officer’s manager and Cafcass Legal", THE_OFFICER, THEIR_MANAGER, REFERRED
)
READS_PAPERS = together(
    "The authority’s IRO service, and those who handle the referral", READS_A_DRAFT, HANDLES
)
HANDS_ON = together("Cafcass Legal and the officer’s manager", REFERRED, THEIR_MANAGER)
READS_SHARED = together("Cafcass Legal and the officer", REFERRED, THE_OFFICER)
BOARD = in_the_roles(
    "Cafcass Legal, officers and guardians, and Cafcass service managers",
    P.CAFCASS_LEGAL, P.HIGH_COURT_TEAM_OFFICER, P.GUARDIAN, P.CAFCASS_SERVICE_MANAGER,
)  # fmt: skip
WHO_KEEPS_THE_LADDER = in_the_roles(
    "The IRO manager and the administrator of an authority", P.IRO_MANAGER, P.ADMINISTRATOR
)
PARTS_OF_A_DRAFT = (
    "referral_screening", "referral_question", "referral_part", "referral_papers", "referral_submit", "referral_discard",
)  # fmt: skip
HANDLED = (
    "proceedings", "settlement", "judgment", "withdraw", "enquiries", "child", "permission",
    "decision", "rights_met", "permission_given",
)  # fmt: skip

PAGES = (
    read("case_disputes", CASE),
    form("dispute_new", PURSUES),
    read("dispute_act", CASE),
    form("dispute_for_child", PURSUES, "in a case"),
    form("dispute_for_child", PURSUES, "in no case"),
    Page("ladder", "", SIGNED_IN, WHO_KEEPS_THE_LADDER, only_in=OrganisationKind.AUTHORITY),
    read("dispute", CASE),
    *(form("dispute_do", who, act) for act, who in ACTS_ON_A_DISPUTE.items()),
    form("advice", CAFCASS_LEGAL),
    form("advice_new", CAFCASS_LEGAL),
    form("advice_note", CAFCASS_LEGAL),
    read("rota", CAFCASS_LEGAL),
    form("rota_fill", CAFCASS_LEGAL),
    form("rota_day", CAFCASS_LEGAL),
    read("case_referrals", CASE),
    form("referral_begin", REFERS),
    form("referral_for_child", REFERS, "in a case"),
    form("referral_for_child", REFERS, "in no case"),
    read("referral_act", CASE),
    read("triage", BOARD),
    form("referral_checklist", CAFCASS_LEGAL),
    read("referral", READS_A_DRAFT, "a draft"),
    read("referral", CASE, "submitted"),
    *(form(name, PREPARES, about) for name in PARTS_OF_A_DRAFT for about in ("a draft", "submitted")),
    *(form("referral_file_add", READS_A_DRAFT, about) for about in ("a draft", "submitted")),
    read("referral_file", READS_A_DRAFT, "a draft"),
    read("referral_file", READS_PAPERS, "submitted"),
    *(form("referral_file_strike_out", READS_A_DRAFT, about) for about in ("a draft", "submitted")),
    form("referral_provide", READS_A_DRAFT, "submitted"),
    form("referral_now_met", PREPARES, "submitted"),
    form("referral_informed", INFORMS, "submitted"),
    *(
        form(name, NOBODY, "a draft")
        for name in ("referral_provide", "referral_decision", "referral_receive")
    ),
    *(form(f"referral_{name}", HANDLES, "submitted") for name in HANDLED),
    form("referral_receive", REFERRED, "submitted"),
    form("referral_allocate", REFERRED, "submitted"),
    form("referral_hand_on", HANDS_ON, "submitted"),
    form("referral_limitation", HANDLES, "submitted", writes=REFERRED),
    read("referral_advice", READS_SHARED, "submitted"),
    read("referral_advice", NOBODY, "a draft"),
    form("referral_advice_find", REFERRED, "submitted"),
    Page("referral_advice_share", "submitted", NOBODY, REFERRED),
    form("referral_advice_hold_back", REFERRED, "submitted"),
)
