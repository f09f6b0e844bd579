"""Letters of a case about nobody."""

from datetime import date

from letters.kinds import LetterKind

_OFFICE = {
    "sender": "Cafcass, Fenwick office",
    "sender_address": ("2 Market Court", "Fenwick", "FW1 2AB"),
    "sender_telephone": "01632 960 100",
    "sender_email": "fenwick@cafcass.example",
    "sender_lines": (
        "Head of Practice: A. Name",
        "Cafcass is the Children and Family Court Advisory and Support Service",
    ),
    "reference": "SAMPLE2345",
    "dated": date(2025, 6, 9),
    "signed_by": "Tom Hart",
    "signed_as": "Children’s Guardian",
}
_AUTHORITY = {
    **_OFFICE,
    "sender": "Fenwick Council",
    "sender_address": ("Independent Reviewing Service", "1 Station Road", "Fenwick", "FW1 1AA"),
    "sender_telephone": "01632 960 200",
    "sender_email": "iro.service@fenwick.example",
    "sender_lines": ("Director of Children’s Services: B. Name",),
    "signed_by": "Ruth Adeyemi",
    "signed_as": "IRO Manager",
}
_TO_THE_IRO_SERVICE = {
    "addressee": ("Independent Reviewing Service", "Fenwick Council", "1 Station Road", "Fenwick", "FW1 1AA"),
    "copied_to": ("Local authority social worker: Dan Price", "Local authority legal team"),
}
_TO_CAFCASS = {
    "addressee": ("Cafcass, Fenwick office", "2 Market Court", "Fenwick", "FW1 2AB"),
    "copied_to": ("Local authority legal team", "Local authority social worker: Dan Price"),
}
_TO_A_CHILD = {"addressee": ("Amara Cole",)}
SHEETS = {
    LetterKind.APPENDIX_1: _OFFICE | _TO_THE_IRO_SERVICE,
    LetterKind.APPENDIX_2: _OFFICE | _TO_THE_IRO_SERVICE,
    LetterKind.TO_THE_CHILD_YOUNGER: _OFFICE | _TO_A_CHILD,
    LetterKind.TO_THE_CHILD_OLDER: _OFFICE | _TO_A_CHILD,
    LetterKind.IRO_NAMED: _AUTHORITY | _TO_CAFCASS,
}

_CASE = {
    "number_of_children": 2,
    "children": ("Amara Cole, born 4 May 2016", "Kofi Cole, born 17 January 2019"),
    "court": "Family Court at Fenwick",
    "court_number": "FW25C00123",
}
_GUARDIAN = {"guardian_telephone": "01632 960 123", "guardian_email": "tom.hart@cafcass.example"}
_CHILD = {
    "child_name": "Amara",
    "iro_name": "Priya Shah",
    "iro_telephone": "01632 960 234",
    "guardian_telephone": "01632 960 123",
    "what_was_decided": "The judge decided that you and Kofi will stay with Auntie Grace.",
    "is_goodbye_visit_planned": True,
    "goodbye_visit_on": date(2025, 6, 17),
    "personal_words": "I will remember the drawings you made for me.",
}
LETTERS = {
    LetterKind.APPENDIX_1: _CASE
    | _GUARDIAN
    | {"issued_on": date(2025, 6, 2), "appointed_on": date(2025, 6, 5)},
    LetterKind.APPENDIX_2: _CASE
    | _GUARDIAN
    | {
        "iro_name": "Priya Shah",
        "concluded_on": date(2025, 6, 3),
        "outcome": "Care orders were made for both children.",
        "is_goodbye_visit_planned": True,
        "goodbye_visit_on": date(2025, 6, 17),
        "final_plan_provided_on": date(2025, 6, 4),
        "final_plan_discussed_on": date(2025, 6, 6),
        "oversight": "Please look at the plan for Kofi’s school every month until a place is confirmed.",
        "matters": (
            "Kofi: the speech and language assessment promised by the end of July.",
            "Amara: time with her grandmother, which was agreed at six times a year and has not begun.",
        ),
        "documents_confirmed_on": date(2025, 6, 6),
    },
    LetterKind.TO_THE_CHILD_YOUNGER: _CHILD,
    LetterKind.TO_THE_CHILD_OLDER: _CHILD | {"iro_email": "priya.shah@fenwick.example"},
    LetterKind.IRO_NAMED: _CASE
    | {
        "guardian_name": "Tom Hart",
        "iro_name": "Priya Shah",
        "iro_telephone": "01632 960 234",
        "iro_email": "priya.shah@fenwick.example",
        "allocated_on": date(2025, 6, 6),
        "next_review_on": date(2025, 6, 30),
    },
}
