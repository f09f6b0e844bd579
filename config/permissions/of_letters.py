"""Letters of a case, letters of a referral, and their wording."""

from accounts.roles import PersonRole as P
from config.permissions.groups import (
    ANYBODY,
    APPOINTED_CASEWORK,
    CAFCASS,
    CASE,
    GUARDIAN_OR_MANAGER,
    IRO_SERVICE,
    IROS_AND_MANAGER,
    NOBODY,
    REFERRED,
)
from config.permissions.of_referrals import HANDLES, READS_A_DRAFT
from config.permissions.page import form, press, read
from config.permissions.relations import in_the_roles, together

NAMES_THE_IRO = IRO_SERVICE.who_are(
    "The authority’s IRO and IRO service", P.IRO, P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT
)
BEGUN_BY = {
    "appendix_1": CAFCASS,
    "appendix_2": GUARDIAN_OR_MANAGER,
    "to_the_child_younger": GUARDIAN_OR_MANAGER,
    "to_the_child_older": GUARDIAN_OR_MANAGER,
    "iro_named": NAMES_THE_IRO,
    "decision_report": NOBODY,
}
BEGUN_OF_A_REFERRAL = {"la_legal_notice": REFERRED, "appendix_2": NOBODY} | dict.fromkeys(
    ("delay_letter", "decision_report", "progress_note", "final_report"), HANDLES
)
# PN 3.22: the child's IRO, chief executive and director, social worker and team manager.
RECIPIENTS = together(
    "Those it was sent to (PN 3.22)",
    CASE.who_are("", P.IRO, P.CHIEF_EXECUTIVE, P.DIRECTOR),
    APPOINTED_CASEWORK,
)
READS_IT_SENT = together("Those it was sent to, the IRO service and those who handle the referral",
    RECIPIENTS, READS_A_DRAFT, HANDLES)  # fmt: skip
SEES_DISTRIBUTION = together("The IRO service and those who handle the referral", READS_A_DRAFT, HANDLES)
WORDS_LETTERS = in_the_roles(
    "Administrators, IRO managers and Cafcass service managers",
    P.ADMINISTRATOR, P.IRO_MANAGER, P.CAFCASS_SERVICE_MANAGER,
)  # fmt: skip
WRITES = (
    "referral_letter_edit",
    "referral_letter_recipients",
    "referral_letter_check",
    "referral_letter_send",
)

PAGES = (
    read("case_letters", CASE),
    *(press("draft_letter", who, kind) for kind, who in BEGUN_BY.items()),
    *(read(name, who, about)
      for name in ("letter", "letter_pdf") for about, who in (("a draft", CAFCASS), ("sent", CASE))),
    form("letter_edit", GUARDIAN_OR_MANAGER, "a draft"),
    form("letter_edit", CASE, "sent"),
    form("letter_check", CAFCASS, "a draft"),
    form("letter_check", CASE, "sent"),
    form("letter_send", GUARDIAN_OR_MANAGER, "approved"),
    form("letter_send", CASE, "sent"),
    form("letter_acknowledge", NAMES_THE_IRO, "an Appendix 1 letter"),
    form("letter_acknowledge", NOBODY, "any other"),
    press("letter_score", IROS_AND_MANAGER, "an Appendix 2 letter"),
    press("letter_score", NOBODY, "any other"),
    read("blank_referral_form", ANYBODY),
    read("letters_of_referral", CASE),
    read("referral_letters", CASE, "submitted"),
    read("referral_letters", NOBODY, "a draft"),
    *(press("referral_letter_draft", who, kind) for kind, who in BEGUN_OF_A_REFERRAL.items()),
    *(read(name, who, about) for name in ("referral_letter", "referral_letter_pdf")
      for about, who in (("a draft", HANDLES), ("sent", READS_IT_SENT))),
    *(form(name, HANDLES, about) for name in WRITES for about in ("a draft", "sent")),
    read("recipient_pdf", SEES_DISTRIBUTION, "sent"),
    form("recipient_proof", HANDLES, "sent"),
    read("wordings", WORDS_LETTERS),
    form("wording_edit", WORDS_LETTERS),
)  # fmt: skip
