"""The verbs of a letter: draft, edit, approve, send, acknowledge, score; and the words it is written in.

Each locks the case, then the letter, and saves everything or nothing. Whatever the letter makes true is
recorded through the one door for facts. A refusal is one sentence for the person.
"""

from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_fsm import can_proceed

from accounts.roles import PersonRole
from cases import actions as cases
from cases.appointments import appoint
from cases.dates import weekday_date
from cases.models import Appointment, Case, Deadline, Matter, Notice
from cases.refusal import NotYours, Refusal, Stale
from letters import access, answers, gather, papers, press, wording
from letters.kinds import TO_THE_CHILD, LetterKind
from letters.models import GONE, Letter, LetterChild, LetterState, WordingVersion
from protocol.happenings import Happening

# The duty that asks for each letter: while it is open, the letter is owed.
OWED_BY = {
    LetterKind.APPENDIX_1: "CMH-4",
    LetterKind.APPENDIX_2: "END-3",
    LetterKind.IRO_NAMED: "CMH-3",
} | dict.fromkeys(TO_THE_CHILD, "END-4")
_TELEPHONE = (
    "guardian_telephone",
    "Add the guardian’s telephone number to their details: the letter gives it.",
)
_DECIDED = ("what_was_decided", "Tell the child what the judge decided.")
MUST_HAVE = {
    LetterKind.APPENDIX_1: [_TELEPHONE],
    LetterKind.APPENDIX_2: [
        ("concluded_on", "Record the day the proceedings concluded."),
        ("outcome", "Say what the court decided: the handover begins with it."),
        _TELEPHONE,
    ],
    LetterKind.IRO_NAMED: [
        ("iro_name", "Allocate an IRO first: the notice names them."),
        ("iro_telephone", "Add the IRO’s telephone number to their details: the notice gives it."),
    ],
} | {kind: [_DECIDED] for kind in TO_THE_CHILD}
LOW = 2


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
    if by is not None and not access.may_write(by, kind):
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
        _touch(letter, letter.changed_by)


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


def edit(letter, typed, *, by, seen_version, kind=None):
    """Keep what its author typed. An approved letter that is changed asks for approval again."""
    with transaction.atomic():
        letter = _lock(letter)
        _check_writer(letter, by)
        _check_not_gone(letter)
        if letter.version != seen_version:
            raise Stale(
                f"{_name(letter.changed_by)} changed this letter while you were writing. "
                "Nothing you typed is lost: look at what changed, then save yours again."
            )
        if letter.state == LetterState.APPROVED:
            letter.reopen()
        letter.answers = answers.kept(typed)
        letter.kind = kind or letter.kind
        _touch(letter, by)
        return letter


def missing(letter):
    """What the letter cannot go without, a sentence each."""
    said = gather.contents_of(letter, dated=timezone.localdate())
    absent = [sentence for name, sentence in MUST_HAVE[LetterKind(letter.kind)] if not getattr(said, name)]
    if letter.addressed_to and not letter.addressed_to.address.strip():
        absent.append(
            f"Add the address of {letter.addressed_to} to its details: the letter is addressed to it."
        )
    return absent


def approve(letter, *, by, seen_version):
    """Stand by what the letter says. Pressed twice, it is approved once."""
    with transaction.atomic():
        letter = _lock(letter)
        if not access.may_approve(by, letter.kind) or by.organisation_id != letter.sender_id:
            raise NotYours("This letter is approved by the person who signs it, or by their manager.")
        _check_not_gone(letter)
        if letter.state == LetterState.APPROVED and letter.approved_by == by:
            return letter
        _check_seen(letter, seen_version)
        if absent := missing(letter):
            raise Refusal(absent[0])
        if letter.state == LetterState.DRAFT:
            letter.approve()
            letter.approved_by, letter.approved_at = by, timezone.now()
            letter.version += 1
            letter.save()
        return letter


def send(letter, *, on, by):
    """Freeze the letter and say on the chronology what it makes true. Its PDF is made after the commit."""
    with transaction.atomic():
        letter = _lock(letter)
        _check_writer(letter, by)
        _check_not_gone(letter)
        if not can_proceed(letter.send):
            raise Refusal(
                "This letter has not been approved yet. Check it and approve it first.", field="state"
            )
        if absent := missing(letter):
            raise Refusal(absent[0])
        _freeze(letter, on, by)
        _record_what_it_says(letter, on, by)
        _tell_those_it_is_for(letter)
        transaction.on_commit(lambda: papers.ask_for([letter.pk]), robust=True)
        return letter


def _freeze(letter, on, by):
    words, name = wording_of(letter.sender, letter.kind)
    contents = gather.contents_of(letter, dated=on)
    letter.signatory = gather.signatory_of(letter)
    letter.contents = contents.as_json()
    letter.wording = name
    letter.page = press.page(contents, words)
    letter.page_sha256 = sha256(letter.page.encode()).hexdigest()
    letter.sent_on, letter.sent_at, letter.sent_by = on, timezone.now(), by
    letter.version += 1
    letter.send()
    letter.save()


def _record_what_it_says(letter, on, by):
    """The letter itself, and the facts its author put into it."""
    children = gather.children_of(letter)
    kind = LetterKind(letter.kind)
    particulars = {"letter": letter.key}
    if kind == LetterKind.APPENDIX_1:
        cases.record(letter.case, Happening.APPENDIX_1_SENT, on=on, by=by, particulars=particulars)
    elif kind == LetterKind.IRO_NAMED:
        cases.record(
            letter.case,
            Happening.IRO_NAMED_TO_CAFCASS,
            on=on,
            by=by,
            children=children,
            particulars=particulars,
        )
    elif kind in TO_THE_CHILD:
        cases.record(
            letter.case, Happening.CHILD_LETTER_SENT, on=on, by=by, children=children, particulars=particulars
        )
    else:
        _record_handover(letter, children, on, by, particulars)


def _record_handover(letter, children, on, by, particulars):
    events = cases.record(
        letter.case, Happening.APPENDIX_2_SENT, on=on, by=by, children=children, particulars=particulars
    )
    typed = answers.read(letter)
    also = [
        (Happening.FINAL_CARE_PLAN_PROVIDED, "final_plan_provided_on", {}),
        (
            Happening.CONTACT,
            "final_plan_discussed_on",
            {"between": "guardian_iro", "purpose": "final_discussion"},
        ),
        (Happening.OVERSIGHT_AGREED, "oversight_agreed_on", {}),
        (Happening.DOCUMENTS_CONFIRMED, "documents_confirmed_on", {}),
    ]
    for happening, answer, details in also:
        day = typed.get(answer)
        if day and not _is_on_chronology(letter.case, happening, day, details):
            told = () if happening == Happening.CONTACT else children
            cases.record(
                letter.case, happening, on=day, by=by, children=told, details=details, particulars=particulars
            )
    _hand_over_matters(letter, children, events)


def _is_on_chronology(case, happening, day, details):
    facts = case.events.standing().filter(happening=happening, on=day)
    return facts.filter(**{f"details__{name}": value for name, value in details.items()}).exists()


def _hand_over_matters(letter, children, events):
    """Each matter stands at the next review of each child it is about, until the IRO closes it."""
    event_of = {event.child_id: event for event in events}
    Matter.objects.bulk_create(
        Matter(
            authority=letter.authority,
            child=child,
            raised_by=event_of.get(child.pk) or event_of.get(None) or events[0],
            text=matter["text"],
        )
        for matter in letter.answers.get("matters", [])
        for child in children
        if matter.get("child") in ("", None, child.key)
    )


def _tell_those_it_is_for(letter):
    """A nudge to those it is addressed to, once each; nobody is reminded in an agency off the system."""
    people = [person for person in _readers(letter) if person.is_reminded]
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.LETTER,
                recipient=person,
                case=letter.case,
                about=f"letter:{letter.key}",
                created_at=timezone.now(),
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def _readers(letter):
    if letter.kind in TO_THE_CHILD:
        return []
    if letter.kind == LetterKind.IRO_NAMED:
        guardian = gather.guardian_of(letter.case)
        return [guardian] if guardian else []
    iros = gather.iros_of(gather.children_of(letter))
    if iros and letter.kind == LetterKind.APPENDIX_2:
        return iros
    service = letter.authority.people.filter(
        role__in=[PersonRole.IRO_MANAGER, PersonRole.IRO_BUSINESS_SUPPORT]
    )
    return [*iros, *service.select_related("organisation")]


def acknowledge(letter, *, on, by, iro=None, named="", conflicts=(), how_known=""):
    """Answer the Appendix 1 letter by naming the IRO; whoever had none is allocated this one.

    `named` is what an IRO service that is not on the system said, on the telephone or on paper.
    """
    with transaction.atomic():
        letter = _lock(letter)
        if letter.state == LetterState.ACKNOWLEDGED:
            raise Refusal(said_of_answered(letter))
        if not access.may_acknowledge(by, letter):
            raise NotYours("The IRO service acknowledges this letter once it has been sent (Appendix 1).")
        _check_dates(letter, on)
        whose = None if by.organisation_id == letter.authority_id else letter.authority
        who = iro.name if iro else named.strip()
        if not who:
            raise Refusal("Choose the IRO: naming them is what acknowledges the letter.", field="iro")
        if iro:
            _allocate(iro, letter, on=on, by=by, conflicts=conflicts, whose=whose, how_known=how_known)
        particulars = {"letter": letter.key, "name": who, **({"person": iro.pk} if iro else {})}
        how = {"on": on, "by": by, "on_behalf_of": whose, "how_known": how_known, "particulars": particulars}
        cases.record(letter.case, Happening.APPENDIX_1_ACKNOWLEDGED, **how)
        if unnamed := owed(letter.case, LetterKind.IRO_NAMED):
            cases.record(letter.case, Happening.IRO_NAMED_TO_CAFCASS, children=unnamed, **how)
        letter.acknowledge()
        letter.acknowledged_on, letter.acknowledged_at, letter.acknowledged_by = on, timezone.now(), by
        letter.iro_named = who
        letter.version += 1
        letter.save()
        return letter


def without_iro(letter):
    """The children of a letter nobody reviews for yet."""
    held = Appointment.objects.filter(
        role__in=[PersonRole.IRO, PersonRole.VOLUNTARY_IRO], until_on=None, case=None
    ).values("child")
    return [
        child
        for child in gather.children_of(letter)
        if child.pk not in set(held.values_list("child", flat=True))
    ]


def _allocate(iro, letter, *, on, by, conflicts, whose, how_known):
    if lacking := without_iro(letter):
        appoint(
            iro, PersonRole.IRO, children=lacking, on=on, by=by, conflicts=conflicts, on_behalf_of=whose,
            how_known=how_known,
        )  # fmt: skip
    elif iro not in gather.iros_of(gather.children_of(letter)):
        raise Refusal(
            f"{iro.name} is not the IRO of these children. To change the IRO, appoint them under People first.",
            field="iro",
        )


def score(letter, usefulness, *, by, reason=""):
    """How useful the handover was to the IRO who received it, 1 to 5; a low score says why."""
    if usefulness not in range(1, 6):
        raise Refusal("Choose a score from 1 to 5.", field="usefulness")
    if usefulness <= LOW and not reason.strip():
        raise Refusal("Say what was missing, so that the next handover can be better.", field="reason")
    with transaction.atomic():
        letter = _lock(letter)
        if not access.may_score(by, letter):
            raise NotYours("The IRO who received the handover says how useful it was.")
        letter.usefulness, letter.usefulness_reason = usefulness, reason.strip()
        letter.scored_by, letter.scored_at = by, timezone.now()
        letter.save()
        return letter


def wording_of(organisation, kind):
    """The words a letter of this organisation is written in, and what they are called."""
    own = WordingVersion.objects.filter(organisation=organisation, kind=kind).first()
    if own and own.text:
        return own.text, f"{organisation.name}, version {own.number}"
    return wording.national(kind), wording.national_name(kind)


def replace_wording(organisation, kind, text, *, by, seen_number):
    """Agree new words for a letter; an empty text goes back to the national ones. Sent letters keep theirs."""
    if not access.may_replace_wording(by) or by.organisation_id != organisation.pk:
        raise NotYours("An organisation’s own managers agree its wording.")
    if text.strip():
        wording.check(kind, text)
    with transaction.atomic():
        organisation = type(organisation).objects.select_for_update().get(pk=organisation.pk)
        latest = WordingVersion.objects.filter(organisation=organisation, kind=kind).aggregate(
            n=Max("number")
        )["n"]
        if (latest or 0) != seen_number:
            raise Stale(
                "Somebody agreed another version while you were writing. Look at it, then save yours again."
            )
        return WordingVersion.objects.create(
            organisation=organisation,
            kind=kind,
            number=(latest or 0) + 1,
            text=text.strip(),
            created_at=timezone.now(),
            created_by=by,
        )


def _lock(letter):
    """The case first, as every fact does, then the letter, read again."""
    Case.objects.select_for_update(of=("self",)).get(pk=letter.case_id)
    return Letter.objects.select_for_update(of=("self",)).select_related(
        "case__authority", "case__cafcass_office", "authority", "sender", "addressed_to", "signatory"
    ).get(pk=letter.pk)  # fmt: skip


def _check_writer(letter, by):
    if not access.may_write(by, letter.kind) or by.organisation_id != letter.sender_id:
        raise NotYours(f"This letter is written and sent by {letter.sender}.")


def _check_not_gone(letter):
    if letter.is_gone:
        raise Refusal(said_of_gone(letter))


def said_of_gone(letter):
    return (
        f"{_name(letter.sent_by)} sent this letter on {weekday_date(letter.sent_on)}. It is sent once and "
        "nothing in it changes any more; if something has to be put right, write a further letter."
    )


def said_of_answered(letter):
    return (
        f"{_name(letter.acknowledged_by)} has already acknowledged this letter, on "
        f"{weekday_date(letter.acknowledged_on)}, naming {letter.iro_named}."
    )


def _check_seen(letter, seen_version):
    if letter.version != seen_version:
        raise Stale(
            f"{_name(letter.changed_by)} changed this letter after you opened it. Read it again before you approve it."
        )


def _check_dates(letter, on):
    if on < letter.sent_on:
        raise Refusal(
            f"The letter was sent on {weekday_date(letter.sent_on)}: it cannot have been answered before that.",
            field="on",
        )


def _touch(letter, by):
    letter.version += 1
    letter.changed_at, letter.changed_by = timezone.now(), by
    letter.save()


def _name(person):
    return person.name if person else "The system"
