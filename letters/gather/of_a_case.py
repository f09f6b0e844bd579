"""What the letters of a case say."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from accounts.roles import PersonRole
from letters import answers
from letters.contents import CONTENTS
from letters.gather.parts import (
    IRO,
    children_of,
    first_name,
    guardian_of,
    head,
    held,
    iros_of,
    latest,
    lines,
    named,
)
from letters.kinds import TO_THE_CHILD, LetterKind
from protocol.happenings import Happening

IRO_SERVICE_NAME = "Independent Reviewing Service"
CHILDRENS_GUARDIAN = "Children’s Guardian"
LEGAL_TEAM = "Local authority legal team"


def contents_of(letter, *, dated):
    kind = LetterKind(letter.kind)
    children = children_of(letter)
    signatory = signatory_of(letter)
    return CONTENTS[kind](
        **head(letter.sender),
        addressee=_addressee(letter, children),
        reference=letter.key,
        dated=dated,
        signed_by=signatory.name,
        signed_as=CHILDRENS_GUARDIAN if kind != LetterKind.IRO_NAMED else signatory.get_role_display(),
        copied_to=_copies(letter, children),
        **_OWN[kind](letter, children, signatory, answers.read(letter)),
    )


def signatory_of(letter):
    """The guardian there is now, while the letter has not gone; a replaced guardian signs nothing."""
    if letter.kind == LetterKind.IRO_NAMED or letter.is_gone:
        return letter.signatory
    return guardian_of(letter.case) or letter.signatory


def _addressee(letter, children):
    if letter.kind in TO_THE_CHILD:
        return tuple(child.name for child in children)
    to = letter.addressed_to
    service = [IRO_SERVICE_NAME] if to.is_authority else []
    return tuple(dict.fromkeys([*service, to.name, *lines(to.address)]))


def _copies(letter, children):
    """A child's letter is the child's: nobody is copied in."""
    if letter.kind in TO_THE_CHILD:
        return ()
    people = User.objects.filter(pk__in=held(children, [PersonRole.SOCIAL_WORKER]).values("person"))
    names = ", ".join(people.order_by("name").values_list("name", flat=True))
    worker = f"Local authority social worker: {names}" if names else "Local authority social worker"
    return (LEGAL_TEAM, worker) if letter.kind == LetterKind.IRO_NAMED else (worker, LEGAL_TEAM)


def _about(letter, children):
    return {
        **named(children),
        "court": letter.case.court,
        "court_number": letter.case.court_number,
    }


def _reach(signatory):
    return {"guardian_telephone": signatory.telephone, "guardian_email": signatory.email}


def _appendix_1(letter, children, signatory, typed):
    appointed = letter.case.appointments.filter(person=signatory, role=PersonRole.GUARDIAN).order_by(
        "-from_on"
    )
    return {
        **_about(letter, children),
        **_reach(signatory),
        "issued_on": letter.case.issued_on,
        "appointed_on": appointed.values_list("from_on", flat=True).first(),
    }


def _appendix_2(letter, children, signatory, typed):
    iros = iros_of(children)
    goodbye = typed.get("goodbye")
    return {
        **_about(letter, children),
        **_reach(signatory),
        "iro_name": iros[0].name if len(iros) == 1 else "",
        "concluded_on": concluded_on(letter.case, children),
        "outcome": typed.get("outcome", ""),
        "is_goodbye_visit_planned": goodbye == "planned",
        "is_goodbye_visit_done": goodbye == "done",
        "goodbye_visit_on": typed.get("goodbye_visit_on"),
        "final_plan_provided_on": typed.get("final_plan_provided_on"),
        "final_plan_discussed_on": typed.get("final_plan_discussed_on"),
        "oversight": typed.get("oversight", ""),
        "matters": tuple(_matter(matter, children) for matter in typed.get("matters", [])),
        "documents_confirmed_on": typed.get("documents_confirmed_on"),
    }


def _matter(matter, children):
    """A matter of one child of several is said with the child's name."""
    named = next((child for child in children if child.key == matter.get("child")), None)
    return f"{named.name}: {matter['text']}" if named and len(children) > 1 else matter["text"]


def _to_the_child(letter, children, signatory, typed):
    iros = iros_of(children)
    iro = iros[0] if iros else None
    return {
        "child_name": typed.get("child_name") or first_name(children[0]),
        "iro_name": iro.name if iro else "",
        "iro_telephone": iro.telephone if iro else "",
        "guardian_telephone": signatory.telephone,
        "what_was_decided": typed.get("what_was_decided", ""),
        "is_goodbye_visit_planned": typed.get("goodbye") == "planned",
        "goodbye_visit_on": typed.get("goodbye_visit_on"),
        "personal_words": typed.get("personal_words", ""),
    }


def _to_an_older_child(letter, children, signatory, typed):
    iros = iros_of(children)
    said = _to_the_child(letter, children, signatory, typed)
    return {**said, "iro_email": iros[0].email if iros else ""}


def _iro_named(letter, children, signatory, typed):
    iros, guardian = iros_of(children), guardian_of(letter.case)
    first = held(children, IRO).order_by("from_on").first()
    return {
        **_about(letter, children),
        "guardian_name": guardian.name if guardian else "",
        "iro_name": ", ".join(iro.name for iro in iros),
        "iro_telephone": ", ".join(iro.telephone for iro in iros if iro.telephone),
        "iro_email": ", ".join(iro.email for iro in iros),
        "allocated_on": first.from_on if first else None,
        "next_review_on": _next_review(letter.case, dated_from=letter.sent_on),
    }


_OWN = {
    LetterKind.APPENDIX_1: _appendix_1,
    LetterKind.APPENDIX_2: _appendix_2,
    LetterKind.TO_THE_CHILD_YOUNGER: _to_the_child,
    LetterKind.TO_THE_CHILD_OLDER: _to_an_older_child,
    LetterKind.IRO_NAMED: _iro_named,
}


def said_before(letter):
    """The matters of this author's other handovers, to tell a pasted one from a written one."""
    others = (
        type(letter).objects.filter(kind=letter.kind, signatory=letter.signatory_id).exclude(pk=letter.pk)
    )
    written = others.order_by("-pk").values_list("answers__matters", flat=True)[:100]
    return frozenset(matter["text"].strip().casefold() for matters in written for matter in matters or [])


def concluded_on(case, children):
    """The day of the final hearing for these children, the last of them where they differ."""
    days = case.members.filter(child__in=children).values_list("concluded_on", flat=True)
    return max((day for day in days if day), default=None)


def _next_review(case, dated_from):
    day = (dated_from or timezone.localdate()).isoformat()
    arranged = case.events.standing().filter(happening=Happening.REVIEW_ARRANGED, details__date__gte=day)
    event = arranged.order_by("details__date").first()
    return date.fromisoformat(event.details["date"]) if event else None


def known_answers(case, kind, children):
    """What the chronology already says to the questions of a letter's form."""
    if kind != LetterKind.APPENDIX_2:
        return {}
    known = {"outcome": _outcome(case, children)}
    facts = {
        "final_plan_provided_on": latest(case, Happening.FINAL_CARE_PLAN_PROVIDED),
        "final_plan_discussed_on": latest(case, Happening.CONTACT, purpose="final_discussion"),
        "oversight_agreed_on": latest(case, Happening.OVERSIGHT_AGREED),
        "documents_confirmed_on": latest(case, Happening.DOCUMENTS_CONFIRMED),
    }
    return known | {name: event.on.isoformat() for name, event in facts.items() if event}


def _outcome(case, children):
    """The outcome as recorded; each child's by name where they differ."""
    said = {}
    concluded = case.events.standing().filter(happening=Happening.PROCEEDINGS_CONCLUDED).order_by("on", "pk")
    for event in concluded:
        words = str(event.details.get("outcome", "")).replace("_", " ").strip()
        words = words[:1].upper() + words[1:]
        for child in [event.child] if event.child_id else children:
            said[child.pk] = words
    outcomes = {said.get(child.pk, "") for child in children} - {""}
    if len(outcomes) <= 1:
        return next(iter(outcomes), "")
    return "; ".join(f"{first_name(c)}: {said[c.pk]}" for c in children if said.get(c.pk))
