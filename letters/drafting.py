"""Which letters are owed, and how one is begun: once for each occasion, however many ask."""

from django.db import transaction
from django.utils import timezone

from cases.dates import weekday_date
from cases.models import Case, Deadline
from cases.refusal import NotYours, Refusal
from letters import access, gather
from letters.kinds import TO_THE_CHILD, LetterKind
from letters.models import GONE, Letter, LetterChild, LetterState

# The duty that asks for each letter: while it is open, the letter is owed.
OWED_BY = {
    LetterKind.APPENDIX_1: "CMH-4",
    LetterKind.APPENDIX_2: "END-3",
    LetterKind.IRO_NAMED: "CMH-3",
} | dict.fromkeys(TO_THE_CHILD, "END-4")


def family_of(kind):
    """Both reading levels of the child's letter are one letter, chosen between."""
    return sorted(TO_THE_CHILD) if kind in TO_THE_CHILD else [LetterKind(kind)]


def owed(case, kind):
    """The children for whom this letter is owed now; those whose case ended on one day share a handover."""
    duties = Deadline.objects.still_open().filter(case=case, duty=OWED_BY[LetterKind(kind)])
    if kind == LetterKind.APPENDIX_1:
        return present(case) if duties.exists() else []
    children = [
        duty.child for duty in duties.select_related("child").order_by("opened_on", "child__born", "pk")
    ]
    return _ended_together(case, children) if kind == LetterKind.APPENDIX_2 else children


def _ended_together(case, children):
    """Those of the earliest conclusion nobody has begun to write about."""
    begun = LetterChild.objects.filter(letter__in=_unsent(case, LetterKind.APPENDIX_2)).values_list(
        "child", flat=True
    )
    waiting = [child for child in children if child.pk not in set(begun)] or children
    return [
        child
        for child in waiting
        if gather.concluded_on(case, [child]) == gather.concluded_on(case, waiting[:1])
    ]


def _unsent(case, kind):
    return Letter.objects.filter(case=case, kind__in=family_of(kind)).exclude(state__in=GONE)


def present(case):
    return [member.child for member in case.members.filter(left_on=None).select_related("child")]


def draft(case, kind, *, by, children=None, again=False):
    """Begin a letter, or give back the one already begun. `by` is None for the clock.

    `again` writes a further letter where one has gone; otherwise a letter that nobody owes is refused.
    """
    kind = LetterKind(kind)
    if by is not None and not access.may_begin(by, kind, case):
        raise NotYours(f"“{kind.label}” is written by the people who answer for it. Ask them to begin it.")
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        about = list(children or owed(case, kind) or _about_last(case, kind))
        if begun := _begun(case, kind, about):
            return begun
        _check_called_for(case, kind, about, again)
        return _begin(case, kind, about, by)


def _letters(case, kind, about):
    letters = Letter.objects.filter(case=case, kind__in=family_of(kind))
    return letters.filter(about__child__in=about).distinct()


def _begun(case, kind, about):
    """The letter already begun for these children; a sibling's whose case ended the same day takes them in."""
    unsent = _unsent(case, kind)
    if kind == LetterKind.APPENDIX_2:
        for letter in unsent.filter(state=LetterState.DRAFT):
            _join(letter, about)
    return unsent.filter(about__child__in=about).order_by("pk").first()


def _join(letter, about):
    there = gather.children_of(letter)
    ended = gather.concluded_on(letter.case, there)
    joining = [child for child in about if child not in there]
    if joining and ended and gather.concluded_on(letter.case, joining) == ended:
        _put_in(letter, joining)
        letter.changed(by=letter.changed_by)
        letter.save()


def _put_in(letter, children):
    LetterChild.objects.bulk_create(
        LetterChild(authority_id=letter.authority_id, letter=letter, child=child) for child in children
    )


def _about_last(case, kind):
    """Whom a further letter is about: those of the last one, or everyone in the case."""
    last = Letter.objects.filter(case=case, kind=kind).order_by("-pk").first()
    if last:
        return gather.children_of(last)
    return present(case)


def _check_called_for(case, kind, about, again):
    if kind in TO_THE_CHILD and len(about) != 1:
        raise Refusal("A child’s letter is written to one child. Choose the child.", field="children")
    if kind == LetterKind.APPENDIX_2 and gather.concluded_on(case, about) is None:
        raise Refusal(
            "The Appendix 2 letter is written when proceedings have concluded (GPP Completion). "
            "Record the conclusion first."
        )
    if kind == LetterKind.IRO_NAMED and not gather.iros_of(about):
        raise Refusal("No IRO is allocated to these children yet. Allocate one, then name them to Cafcass.")
    gone = _letters(case, kind, about).filter(state__in=GONE).first()
    still_owed = {child.pk for child in owed(case, kind)} & {child.pk for child in about}
    if gone and not again and not still_owed:
        raise Refusal(
            f"This letter was sent on {weekday_date(gone.sent_on)}. It is not sent twice; "
            "if something has to be put right, write a further letter from its page."
        )


def _begin(case, kind, about, by):
    signatory = by if kind == LetterKind.IRO_NAMED else gather.guardian_of(case)
    if signatory is None:
        raise Refusal("No guardian is appointed in this case, so nobody can sign this letter yet.")
    sender, addressed_to = case.cafcass_office, case.authority
    if kind == LetterKind.IRO_NAMED:
        sender, addressed_to = addressed_to, sender
    now = timezone.now()
    letter = Letter.objects.create(
        authority=case.authority,
        case=case,
        kind=kind,
        occasion=_occasion(case, kind, about),
        sender=sender,
        addressed_to=None if kind in TO_THE_CHILD else addressed_to,
        signatory=signatory,
        answers=gather.known_answers(case, kind, about),
        created_at=now,
        created_by=by,
        changed_at=now,
        changed_by=by,
    )
    _put_in(letter, about)
    return letter


def _occasion(case, kind, about):
    """The nth letter of its kind in the case, or to the child: begun once, however many ask at once."""
    before = Letter.objects.filter(case=case, kind__in=family_of(kind))
    if kind in TO_THE_CHILD:
        return f"child {about[0].pk} {before.filter(about__child=about[0]).count() + 1}"
    return f"{kind.value} {before.count() + 1}"
