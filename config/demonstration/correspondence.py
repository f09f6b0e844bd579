"""The letters of a story: drafted, approved, sent and answered as on the screens, which records the facts."""

from cases.refusal import Refusal
from letters import actions as letters
from letters import answers, distribution, referral_drafting
from letters.kinds import LetterKind
from letters.leaving import agreement, finding
from letters.models import Letter, LetterState, Recipient

READS_ALONE_FROM = 9
DECIDED = {
    "care_order": "The judge decided that the council will go on looking after you and keeping you safe.",
    "placement_order": "The judge decided that the council will look for a family you can stay with for good.",
    "special_guardianship_order": "The judge decided that you will grow up in the family you live with now.",
    "supervision_order": "The judge decided that you live at home and that the council helps your family.",
    "child_arrangements_order": "The judge decided with whom in your family you live.",
    "no_order": "The judge decided that no order was needed.",
}


def appendix_1(case, *, by, on):
    return _send(letters.draft(case, LetterKind.APPENDIX_1, by=by, again=True), by=by, on=on)


def iro_named(case, concerned, *, by, on):
    letter = letters.draft(case, LetterKind.IRO_NAMED, by=by, children=concerned, again=True)
    return _send(letter, by=by, on=on)


def acknowledged(case, iro, *, by, on):
    """The latest Appendix 1 letter that waits for an answer."""
    waiting = Letter.objects.filter(case=case, kind=LetterKind.APPENDIX_1, state=LetterState.SENT)
    return letters.acknowledge(waiting.order_by("-pk").first(), on=on, by=by, iro=iro)


def appendix_2(case, concerned, said, *, by, on):
    """The handover, with the matters it asks the IRO to keep under review."""
    letter = letters.draft(case, LetterKind.APPENDIX_2, by=by, children=concerned or None)
    matters = [{"text": text, "child": ""} for text in said]
    typed = {**answers.read(letter), "matters": matters, "goodbye": "planned"}
    return _send(_written(letter, typed, by), by=by, on=on)


def to_the_child(case, child, outcome, *, by, on):
    older = child.age_on(on) >= READS_ALONE_FROM
    kind = LetterKind.TO_THE_CHILD_OLDER if older else LetterKind.TO_THE_CHILD_YOUNGER
    letter = letters.draft(case, kind, by=by, children=[child])
    return _send(_written(letter, {"what_was_decided": DECIDED[outcome]}, by), by=by, on=on)


def begin_on_referral(referral, kind, typed, *, by):
    """A letter of the referral with what its author typed; what the clock began is taken up."""
    letter = referral_drafting.draft(referral, kind, by=by)
    return _written(letter, {**answers.read(letter), **typed}, by) if typed else letter


def on_referral(referral, kind, typed, *, by, on):
    """To everybody PN 3.22 names: the child by hand if old enough to read it, the others as they can be reached."""
    letter = begin_on_referral(referral, kind, typed, by=by)
    rows = distribution.chosen(letter)
    for row in rows:
        if row.child:
            _choose_child(row, on)
    letter = distribution.choose(letter, rows, by=by, seen_version=letter.version)
    letter = _send(letter, by=by, on=on)
    for recipient in letter.recipients.filter(is_included=True, sent_on=None):
        proof = "Handed over on a visit." if recipient.child_id else "Posting receipt on the file."
        distribution.record_proof(recipient, on=on, how=recipient.how, proof=proof, by=by)


def _choose_child(row, on):
    row.is_included = row.child.age_on(on) >= READS_ALONE_FROM
    if row.is_included:
        row.how, row.address = Recipient.How.BY_HAND, "Where the child lives"
    else:
        row.reason = "Too young to read it; the officer explains it with pictures on the next visit."


def _written(letter, typed, by):
    return letters.edit(letter, typed, by=by, seen_version=letter.version)


def _approve(letter, by):
    """What was found in it is looked at, and meant to be there."""
    try:
        return letters.approve(letter, by=by, seen_version=letter.version)
    except Refusal as refusal:
        if refusal.field != "found":
            raise
    for hit in finding.unresolved(letter, by):
        letters.keep(letter, hit.mark, why="Looked at: it is meant to be there.", by=by)
    return letters.approve(letter, by=by, seen_version=letter.version)


def _send(letter, *, by, on):
    """Read before it goes, as on the screen; outside the two services by a second person as well."""
    letter = _approve(letter, by)
    if not agreement.is_agreed(letter):
        letters.agree(letter, by=agreement.who_may(letter)[0])
    return letters.send(letter, on=on, by=by)
