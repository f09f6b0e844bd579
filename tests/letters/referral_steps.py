"""Given: a referral with Cafcass, and its letters brought to where a test begins, through the product's verbs."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.roles import PersonRole
from cases.appointments import appoint
from letters import actions, distribution, referral_drafting
from letters.kinds import LetterKind
from letters.leaving import agreement
from letters.models import Letter
from referrals import handling
from tests.referrals import steps

REFERRED = "2025-12-01"
DUE = date(2025, 12, 15)
WORDS = {
    LetterKind.LA_LEGAL_NOTICE: None,
    LetterKind.DELAY_LETTER: {
        "reason": "The care plan has not reached us.",
        "report_expected_on": date(2025, 12, 22),
    },
    LetterKind.DECISION_REPORT: {"findings": "Nobody visits.", "next_steps": "The IRO rings on Friday."},
    LetterKind.PROGRESS_NOTE: {"since_last": "I met the director.", "comes_next": "A visit to the school."},
    LetterKind.FINAL_REPORT: {
        "reasons_for_ending": "A social worker is named.",
        "reason_for_delay": "Papers came late.",
        "settlement": "A visit every month.",
        "recommendations": "Look at the visits in June.",
    },
}


def allocated(cast, *children, officer=None):
    """Iris referred Amber on 1 December 2025; Gareth is the officer. Sol is the social worker, Tess his manager."""
    children = list(children or [cast.amber])
    referral = steps.allocated(cast, *children, on=REFERRED, officer=officer)
    for person, role in (
        (cast.iris, PersonRole.IRO),
        (cast.sol, PersonRole.SOCIAL_WORKER),
        (cast.tess, PersonRole.TEAM_MANAGER),
    ):
        by = cast.mona if person == cast.iris else cast.lena
        appoint(person, role, children=children, on=date(2025, 12, 1), by=by)
    return steps.now(referral)


def at(name, letter):
    """The address of a page of a referral's letter."""
    return reverse(name, args=[letter.referral.key, letter.key])


def decide(referral, *, by=None, **answers):
    """The decision is written down, by the officer unless somebody else is named, manager and lawyer consulted."""
    consulted = {"manager_consulted_on": date(2025, 12, 8), "legal_consulted_on": date(2025, 12, 9)}
    handling.keep_decision(
        referral, by=by or referral.officer, **{**steps.FULL_DECISION, **consulted, **answers}
    )


def to(letter, party):
    return letter.recipients.get(party=party)


def to_everybody(letter, *, by, child="yes"):
    """Those PN 3.22 names; Amber is told by hand."""
    rows = distribution.chosen(letter)
    for row in rows:
        if row.child:
            row.is_included, row.address = child == "yes", "At her foster home"
            row.reason = "" if child == "yes" else "She is six; her IRO explains it with a picture book."
    letter = Letter.objects.get(pk=letter.pk)
    return distribution.choose(letter, rows, by=by, seen_version=letter.version)


def ready(referral, kind, *, by, child="yes"):
    """Written, to everybody, approved."""
    letter = referral_drafting.draft(referral, kind, by=by)
    if WORDS[kind]:
        letter = actions.edit(letter, WORDS[kind], by=by, seen_version=letter.version)
    letter = to_everybody(letter, by=by, child=child)
    return seconded(actions.approve(letter, by=by, seen_version=letter.version))


def seconded(letter):
    """What goes to somebody outside the two services has a second person behind it."""
    if agreement.is_agreed(letter):
        return letter
    return actions.agree(letter, by=agreement.who_may(letter)[0])


def sent(referral, kind, *, by, on, child="yes"):
    return actions.send(ready(referral, kind, by=by, child=child), on=on, by=by)


def for_pages(cast, referral):
    """A letter for each page of one, by the page's name: written before, sent once approved, read once sent."""
    today = timezone.localdate()
    note = sent(steps.now(referral), LetterKind.PROGRESS_NOTE, by=cast.lex, on=today)
    draft = referral_drafting.draft(referral, LetterKind.PROGRESS_NOTE, by=cast.lex)
    to_everybody(draft, by=cast.lex)
    approved = ready(steps.now(referral), LetterKind.DELAY_LETTER, by=cast.lex)
    before = dict.fromkeys(
        ("referral_letter_edit", "referral_letter_recipients", "referral_letter_check"), draft
    )
    return {**before, "referral_letter_send": approved, "referral_letter": note}
