"""What a letter's pages say and offer: which letters may be begun, what is to be checked, how it travels."""

from django.utils import timezone

from cases.dates import weekday_date
from letters import access, answers, drafting, gather
from letters.doubts import anchor
from letters.forms import EVERY_CHILD, GOODBYE
from letters.kinds import OF_A_CASE, TO_THE_CHILD, LetterKind
from letters.models import GONE, Letter

OLDER_FROM = 10


def everyone(case):
    return [member.child for member in case.members.select_related("child")]


def of(case, user):
    """The letters this person may begin here: each with what it is for and whether it is owed."""
    offered = [_offer(case, kind) for kind in _about_the_case() if access.may_begin(user, kind, case)]
    if access.may_begin(user, LetterKind.TO_THE_CHILD_OLDER, case) and _has_concluded(case):
        owed = drafting.owed(case, LetterKind.TO_THE_CHILD_OLDER)
        offered += [_to_a_child(case, child, owed) for child in everyone(case)]
    return [offer for offer in offered if offer]


def _about_the_case():
    return [kind for kind in OF_A_CASE if kind not in TO_THE_CHILD]


def _offer(case, kind):
    """Nothing where one is begun, or where one has gone and no further one is owed."""
    letters = Letter.objects.filter(case=case, kind=kind)
    is_owed = bool(drafting.owed(case, kind))
    if letters.exclude(state__in=GONE).exists() or (letters.exists() and not is_owed):
        return None
    if kind == LetterKind.APPENDIX_2 and not _has_concluded(case):
        return None
    return {"kind": kind, "words": kind.label, "child": "", "is_owed": is_owed}


def _to_a_child(case, child, owed):
    is_owed = child in owed
    letters = Letter.objects.filter(case=case, kind__in=TO_THE_CHILD, about__child=child)
    if letters.exclude(state__in=GONE).exists() or (letters.exists() and not is_owed):
        return None
    is_older = child.age_on(timezone.localdate()) >= OLDER_FROM
    kind = LetterKind.TO_THE_CHILD_OLDER if is_older else LetterKind.TO_THE_CHILD_YOUNGER
    return {"kind": kind, "words": f"Letter to {child.name}", "child": child.key, "is_owed": is_owed}


def _has_concluded(case):
    return case.members.filter(concluded_on__isnull=False).exists()


def is_posted(letter):
    """Whether it goes on paper: to a child, or to an agency that is not on this system."""
    return letter.addressed_to is None or not letter.addressed_to.is_on_system


def said_when_sent(letter):
    if letter.addressed_to is None:
        return "The letter is recorded as sent. Print the PDF and see that the child gets it."
    if is_posted(letter):
        return f"The letter is recorded as sent. {letter.addressed_to} is not on this system: print the PDF and post it."
    return f"Sent. {letter.addressed_to} can read it here, and is told by e-mail that it has come."


def answers_to_check(letter):
    """Every answer, as it will be read; an empty one says so."""
    said = gather.contents_of(letter, dated=timezone.localdate())
    typed = answers.read(letter)
    children = gather.children_of(letter)
    rows = [
        ("Signed by", f"{said.signed_by}, {said.signed_as}", ""),
        ("To", ", ".join(said.addressee), ""),
        ("Copies to", "; ".join(said.copied_to) or "Nobody", ""),
        ("About", ", ".join(child.name for child in children), ""),
    ]
    if letter.kind == LetterKind.APPENDIX_2:
        rows += _handover(said, typed, children)
    elif letter.kind in TO_THE_CHILD:
        rows += _childs(said, typed)
    elif letter.kind == LetterKind.APPENDIX_1:
        rows += [("Telephone", said.guardian_telephone, ""), ("E-mail", said.guardian_email, "")]
    else:
        rows += [
            ("IRO", said.iro_name, ""),
            ("Telephone", said.iro_telephone, ""),
            ("E-mail", said.iro_email, ""),
        ]
    return [
        {"key": key, "value": value or "Not given", "field": field, "anchor": anchor(field)}
        for key, value, field in rows
    ]


def _handover(said, typed, children):
    return [
        ("Proceedings concluded", _day(said.concluded_on), ""),
        ("Outcome", said.outcome, "outcome"),
        ("Goodbye visit", _goodbye(typed), "goodbye"),
        ("Final care plan reached the IRO", _day(said.final_plan_provided_on), "final_plan_provided_on"),
        ("Final care plan talked through", _day(said.final_plan_discussed_on), "final_plan_discussed_on"),
        ("How closely to watch the plan", said.oversight, "oversight"),
        ("Agreed with the IRO", _day(typed.get("oversight_agreed_on")), "oversight_agreed_on"),
        *_matters(typed, children),
        ("Documents checked", _day(said.documents_confirmed_on), "documents_confirmed_on"),
    ]


def _matters(typed, children):
    named = {child.key: child.name for child in children}
    matters = typed.get("matters", [])
    if not matters:
        return [("Matters for the IRO", "", "matter_1")]
    about = [
        named.get(matter.get("child"), EVERY_CHILD if len(children) > 1 else children[0].name)
        for matter in matters
    ]
    return [
        (f"Matter {row}", f"{matter['text']} ({whom})", f"matter_{row}")
        for row, (matter, whom) in enumerate(zip(matters, about, strict=True), 1)
    ]


def _childs(said, typed):
    return [
        ("The child is called", said.child_name, "child_name"),
        ("What the judge decided", said.what_was_decided, "what_was_decided"),
        ("Goodbye visit", _goodbye(typed), "goodbye"),
        ("Your own words", said.personal_words, "personal_words"),
        ("IRO", said.iro_name, ""),
    ]


def _goodbye(typed):
    words = dict(GOODBYE).get(typed.get("goodbye"), "")
    day = typed.get("goodbye_visit_on")
    return f"{words}, {weekday_date(day)}" if words and day else words


def _day(day):
    return weekday_date(day) if day else ""
