"""A story with something on every page: for the tests that look at pages rather than follow a person."""

import json
from dataclasses import dataclass
from datetime import date

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn

from accounts.models import User
from accounts.roles import PersonRole
from cases import agreements
from cases.models import Case, Deadline, Event, LocalAgreement, Matter
from letters import actions as letters
from letters.kinds import LetterKind
from letters.models import Letter
from tests.cast import PASSWORD
from tests.doors import give_an_app
from tests.journeys import steps
from tests.security_key import SecurityKey

TODAY = "2025-12-10"


@dataclass
class Story:
    """Amber and Blake's case has concluded; Coral's waits for its hearing."""

    case: Case
    corals: Case
    agreement: LocalAgreement
    letter: Letter
    introduction: Letter
    draft: Letter
    approved: Letter

    @property
    def event(self):
        return Event.objects.filter(case=self.case, correction=None).latest("pk")

    @property
    def deadline(self):
        """Coral's first review: its days are counted past Christmas."""
        return Deadline.objects.get(duty="REV-1", state="open")

    @property
    def matter(self):
        return Matter.objects.filter(closed_on=None).first()


def tell(cast, calendar):
    """Told day by day, with the clock awake, so that misses and drafts are there as they would be."""
    steps.given_everybody_can_be_reached(cast)
    steps.given_the_siblings_have_a_social_worker(cast, since="2025-05-01")
    _an_administrator(cast)
    _what_iris_signs_in_with(cast)
    calendar.turns_to("2025-06-02")
    agreement = _an_agreement(cast)
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-06-02")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-06-02")
    calendar.turns_to("2025-06-10")
    steps.given_a_guardian(cast, case, since="2025-06-04")
    steps.given_an_iro(cast, since="2025-06-09")
    cmh = {"hearing": "cmh", "date": date(2025, 6, 19)}
    steps.given(case, "hearing_listed", "2025-06-02", by=cast.lena, details=cmh)
    paper = {"document": "Expert report on contact", "kind": "Expert report"}
    steps.given(case, "document_received", "2025-06-02", by=cast.lena, details=paper)
    calendar.turns_to("2025-06-20")
    steps.given(case, "hearing_held", "2025-06-19", by=cast.lena, details={"hearing": "cmh"})
    review = {"review": "2025-06-20", "significant_issues": False}
    steps.given_a_review(cast, case, on="2025-06-20", details=review)
    calendar.turns_to("2025-10-10")
    _written_up(cast, case, "2025-06-20", decisions="2025-06-26", record="2025-07-10")
    steps.given(
        case, "review_record_sent_to_guardian", "2025-07-11", by=cast.iris, details={"review": "2025-06-20"}
    )
    second = {"review": "2025-09-18", "significant_issues": False}
    steps.given_a_review(cast, case, on="2025-09-18", details=second)
    _written_up(cast, case, "2025-09-18", decisions="2025-09-24", record="2025-10-08")
    calendar.turns_to("2025-12-04")
    steps.given_proceedings_concluded(cast, case, on="2025-12-04")
    corals = _corals_case(cast)
    calendar.turns_to(TODAY)
    sent = steps.given_a_handover(cast, case, matters=[
        "Speech and language therapy for Amber, promised for the end of January.",
        "Time with the grandmother, agreed at six times a year, has not begun.",
    ])  # fmt: skip
    return Story(
        case=case, corals=corals, agreement=agreement, letter=sent,
        introduction=steps.given_an_introduction(cast, corals),
        draft=letters.draft(case, LetterKind.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[cast.amber]),
        approved=steps.given_an_approved_letter_to(cast.blake, cast, case),
    )  # fmt: skip


def _written_up(cast, case, review, *, decisions, record):
    details = {"review": review}
    steps.given(case, "review_decisions_written", decisions, by=cast.iris, details=details)
    steps.given(case, "review_record_completed", record, by=cast.iris, details=details)


def _corals_case(cast):
    case = steps.given_proceedings(cast, [cast.coral], issued="2025-11-27", number="ZZ25C00002")
    steps.given(
        case, "became_looked_after", "2025-11-27", by=cast.lena, details={"legal_status": "V2 section 20"}
    )
    steps.given_an_iro(cast, since="2025-12-02", children=[cast.coral])
    steps.given_a_guardian(cast, case, since="2025-12-03", children=[cast.coral])
    cmh = {"hearing": "cmh", "date": date(2025, 12, 18)}
    steps.given(case, "hearing_listed", "2025-12-03", by=cast.lena, details=cmh)
    review = {"review": "2025-12-17", "date": date(2025, 12, 17)}
    steps.given(case, "review_arranged", "2025-12-03", by=cast.iris, details=review)
    return case


def _an_agreement(cast):
    terms = agreements.Terms(
        cast.northmoor, cast.cafcass, date(2025, 5, 30), date(2025, 6, 2), "Cass Chief, Head of Service",
        "Mona Manager, Head of Safeguarding", (), {"CMH-2": 3},
    )  # fmt: skip
    return agreements.sign(terms, by=cast.mona)


def _what_iris_signs_in_with(cast):
    """An app, a security key and recovery codes."""
    RecoveryCodes.activate(give_an_app(cast.iris))
    asked = {"publicKey": {"challenge": "AA", "rp": {"id": "localhost"}}}
    WebAuthn.add(cast.iris, "Blue key", json.loads(SecurityKey().creates(asked, "https://localhost")))


def _an_administrator(cast):
    User.objects.create_user(
        "ada@example.org", PASSWORD, name="Ada Administrator", organisation=cast.northmoor,
        role=PersonRole.ADMINISTRATOR,
    )  # fmt: skip
