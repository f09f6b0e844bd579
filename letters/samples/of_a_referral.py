"""A referral about nobody, in each of its letters."""

from datetime import date

from letters.kinds import LetterKind

_LETTERHEAD = {
    "sender_lines": ("Cafcass is the Children and Family Court Advisory and Support Service",),
    "reference": "SAMPLE2345",
}
_LEGAL = {
    **_LETTERHEAD,
    "sender": "Cafcass Legal (sample)",
    "sender_address": ("3 Assize Row", "Fenwick", "FW1 3AC"),
    "sender_telephone": "01632 960 300",
    "sender_email": "legal@cafcass.example",
    "addressee": ("Legal department", "Fenwick Council", "1 Station Road", "Fenwick", "FW1 1AA"),
    "dated": date(2025, 3, 3),
    "signed_by": "Lee Marsh",
    "signed_as": "Cafcass Legal",
}
_OFFICE = {
    **_LETTERHEAD,
    "sender": "Cafcass, Fenwick office",
    "sender_address": ("2 Market Court", "Fenwick", "FW1 2AB"),
    "sender_telephone": "01632 960 100",
    "sender_email": "fenwick@cafcass.example",
    "signed_by": "Tom Hart",
    "signed_as": "Officer of the Service",
    "addressee": ("Priya Shah", "Independent Reviewing Officer", "Fenwick Council", "1 Station Road"),
    "copied_to": (
        "Amara Cole (the child)",
        "The Chief Executive, Fenwick Council",
        "B. Name (director of children’s services)",
        "Dan Price (social worker)",
        "Mo Field (team manager)",
    ),
}
SHEETS = {
    LetterKind.LA_LEGAL_NOTICE: _LEGAL,
    LetterKind.DELAY_LETTER: _OFFICE | {"dated": date(2025, 3, 14)},
    LetterKind.DECISION_REPORT: _OFFICE | {"dated": date(2025, 3, 21)},
    LetterKind.PROGRESS_NOTE: _OFFICE | {"dated": date(2025, 3, 28)},
    LetterKind.FINAL_REPORT: _OFFICE | {"dated": date(2025, 6, 2)},
    LetterKind.BLANK_REFERRAL_FORM: _LETTERHEAD
    | {
        "sender": "Cafcass Legal (sample)",
        "sender_address": ("3 Assize Row", "Fenwick", "FW1 3AC"),
        "sender_telephone": "01632 960 300",
        "sender_email": "legal@cafcass.example",
        "reference": "",
        "addressee": (),
        "dated": date(2025, 3, 3),
        "signed_by": "",
        "signed_as": "",
    },
}

_REFERRAL = {
    "number_of_children": 2,
    "children": ("Amara Cole, born 4 May 2016", "Kofi Cole, born 17 January 2019"),
    "authority": "Fenwick Council",
    "submitted_on": date(2025, 3, 3),
}
_OFFICER = {"officer_telephone": "01632 960 123", "officer_email": "tom.hart@cafcass.example"}
LETTERS = {
    LetterKind.LA_LEGAL_NOTICE: _REFERRAL
    | {
        "iro_name": "Priya Shah",
        "received_on": date(2025, 3, 3),
        "allocated_to": "Tom Hart, Cafcass, Fenwick office",
        "contact_name": "Lee Marsh",
        "contact_telephone": "01632 960 300",
        "contact_email": "legal@cafcass.example",
    },
    LetterKind.DELAY_LETTER: _REFERRAL
    | _OFFICER
    | {
        "received_on": date(2025, 3, 3),
        "due_on": date(2025, 3, 17),
        "reason": "The care plan of January has not reached us, and Kofi’s foster carers can only see me on 18 March.",
        "report_expected_on": date(2025, 3, 24),
    },
    LetterKind.DECISION_REPORT: _REFERRAL
    | _OFFICER
    | {
        "iro_name": "Priya Shah",
        "received_on": date(2025, 3, 3),
        "concern": "Amara and Kofi have not seen each other since August, although the plan says every fortnight.",
        "sought": "A court claim for the children, so that they see each other as the plan says.",
        "enquiries": (
            "Papers: 4 March 2025, 6 March 2025",
            "The child: 10 March 2025",
            "The IRO: 5 March 2025",
            "Staff of the local authority: 12 March 2025",
            "The previous children’s guardian: 5 March 2025",
            "People with parental responsibility, or wider family: 13 March 2025",
        ),
        "findings": "Both foster homes are willing. Nobody has been given the task of driving the children.",
        "rights_compromised": "Yes",
        "rights_because": "Family life between brother and sister (Article 8) is not being kept up.",
        "more_resolution": "Yes",
        "resolution_by": "Cafcass, by a meeting with the director before the end of March.",
        "other_proceedings": "No",
        "other_proceedings_because": "A contact order would not give anybody the task of driving.",
        "court_claim": "Not clear",
        "court_claim_because": "Necessary if the meeting brings nothing.",
        "wishes": "Both ask to see each other. Amara would rather that nobody went to court.",
        "child_can_instruct": "No",
        "adult_willing": "No",
        "who_acts": "Cafcass",
        "litigation_friend": "",
        "manager_consulted_on": date(2025, 3, 19),
        "legal_consulted_on": date(2025, 3, 20),
        "action": "Negotiation or mediation",
        "reasons": "The authority accepts that the plan is not being carried out, and a meeting is quicker than a claim.",
        "not_done": "A claim for judicial review is not brought now: the meeting comes first.",
        "next_dates": (
            "A note on progress every two weeks; the next by Friday 4 April 2025",
            "A further report within six weeks of a settlement or judgment",
        ),
    },
    LetterKind.PROGRESS_NOTE: _REFERRAL
    | _OFFICER
    | {
        "since_on": date(2025, 3, 21),
        "since_last": "I met the director on 26 March. A driver has been named, from the week after Easter.",
        "comes_next": "I ask both foster homes on 25 April whether the visits have begun.",
        "next_note_on": date(2025, 4, 11),
    },
    LetterKind.FINAL_REPORT: _REFERRAL
    | _OFFICER
    | {
        "decided_on": date(2025, 3, 21),
        "ended_on": date(2025, 5, 5),
        "how_it_ended": "Settlement",
        "reasons_for_ending": "The children have seen each other every fortnight since Easter.",
        "reason_for_delay": "The first report came four days late: the care plan was missing.",
        "settlement": "Fenwick Council names a driver, and tells the IRO on the same day when a visit falls through.",
        "recommendations": "Look at the visits at the next two reviews, and before each summer.",
    },
    LetterKind.BLANK_REFERRAL_FORM: {
        "documents": (
            "Court orders in force",
            "Care plan now, and the plan filed with the court",
            "Judgment, or the court’s facts and reasons",
            "Reports of the children’s guardian and of experts",
            "Review records and decisions",
            "Chronology",
            "Complaint or advocacy record",
        ),
    },
}
