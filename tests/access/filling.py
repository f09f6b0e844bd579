"""What fills the variables of an address: of each kind of page one case, deadline, letter, referral or file of a side."""

from django.utils import timezone

from protocol.working_days import ENGLAND
from tests.access import routes
from tests.access.story import password_link

REPRESENTING = {
    "a fact of Cafcass": "risk_identified",
    "a fact of the authority": "document_received",
    "a fact of the IRO service": "review_held",
    "a fact of Cafcass Legal": "referral_received",
    "a fact of authority and Cafcass": "hearing_listed",
    "a fact of IRO service and Cafcass": "contact",
    "a fact of Cafcass and Cafcass Legal": "settled",
    "a fact of IRO service and Cafcass Legal": "official_solicitor_redirect",
    "a fact of IRO service, Cafcass and Cafcass Legal": "referral_withdrawn",
    "a call to the advice line": "advice_sought",
    "what appointing and opening write": "appointment_made",
}
OF_A_CHILD = {"a fact of the authority": "became_looked_after", "a fact of a case": "contact"}
OF_A_PERSON = {"person", "role_change", "withdraw_role_change", "reset_second_factor"}
OF_THE_REFERRAL = ("referral_letter", "letters_of_referral", "recipient_")


def parts_of(page, world, side):
    """What fills an address, or None where this side has no such thing."""
    name, about = page.name, page.about
    if name == "set_password":
        return password_link(world.cast.ivor)
    if name == "calendar":
        return {"token": world.feed}
    if name in ("export", "quality_list"):
        return {"name": "cases" if name == "export" else "hearings"}
    if name in ("foi_request", "foi_pack"):
        return {"key": world.foi.key}
    if name.startswith("annual_"):
        more = {"annual_section": {"name": "quality"}, "annual_behind": {"what": "disputes"}}
        return {"key": world.annual.key} | more.get(name, {})
    if name == "find_person":
        return {"pk": world.cast.iris.pk} if side is world.main else None
    if name in OF_A_PERSON:
        of_change = {"change": world.change.pk} if name == "withdraw_role_change" else {}
        return {"pk": world.cast.iris.pk} | of_change
    if name.startswith("agreement") and name not in ("agreements", "agreement_new"):
        return {"pk": world.agreement.pk}
    found = dict(_filled(part, page, world, side) for part in routes.variables(routes.of(name)))
    if any(value is None for value in found.values()):
        return None
    if name.startswith(OF_THE_REFERRAL) and not side.referral:
        return None
    return found if about != "submitted" or "referral_key" not in found or side.referral else None


def _filled(part, page, world, side):
    if part not in FILL:
        raise LookupError(f"/{routes.of(page.name)} ({page.name}): give `FILL` an example of <{part}>")
    return part, FILL[part](page, world, side)


def _key(page, world, side):
    route = routes.of(page.name)
    if page.about == "in no case":
        return world.alone.key
    if page.about == "restricted":
        return world.locked.members.get().child.key if route.startswith("children") else world.locked.key
    return side.child.key if route.startswith("children") else side.case.key


def _number(page, world, side):
    if page.name in ("why", "board_deadline"):
        return (world.agreements_deadline if "agreement" in page.about else side.deadlines[page.about]).pk
    if page.name.startswith("correct"):
        event = side.events["care" if page.name == "correct_for_child" else page.about]
        return event and event.pk
    if page.name == "subject_access_pdf":
        return world.pack if side is world.main else None
    if page.name == "cover_end":
        return world.cover.pk
    if page.name.startswith("whereabouts_"):
        return side.whereabouts
    if page.name == "matter_close":
        return side.matter and side.matter.pk
    if page.name == "referral_permission_given":
        return side.permission or None
    if page.name.startswith("recipient_"):
        sent = side.referral_letters.get("sent")
        return sent and sent.recipients.get(party="child").pk
    return world.note.pk  # the advice line's own


def _letter(page, world, side):
    if page.name.startswith(OF_THE_REFERRAL):
        wanted = "approved" if (page.name, page.about) == ("referral_letter_send", "a draft") else page.about
        found = side.referral_letters.get(wanted)
    else:
        found = side.letters.get(page.about)
    return found and found.key


def _referral(page, world, side):
    found = (
        side.draft
        if page.about == "a draft" and not page.name.startswith("referral_letter_")
        else side.referral
    )
    if page.name.startswith("referral_letter") and page.name != "referral_letters":
        found = side.referral
    return found and found.key


def _file(page, side):
    about = {"file_strike_out": "looked at", "file_decide": "held"}.get(page.name, page.about)
    found = side.files.get(about)
    return found and found.key


def _happening(page, world, side):
    if page.name == "dispute_act":
        return "dispute_answered"
    if page.name == "referral_act":
        return "referral_allocated"
    return (OF_A_CHILD if page.name == "record_for_child" else REPRESENTING)[page.about]


def _name(page, world, side):
    return "tried" if page.name == "referral_question" else "account"


def _kind(page, world, side):
    return page.about or "appendix_2"


def _working_day(page, world, side):
    day = timezone.localdate().replace(day=11)
    assert ENGLAND.is_working(day)
    return day.isoformat()


FILL = {
    "key": _key, "pk": _number, "letter_key": _letter, "referral_key": _referral, "happening": _happening,
    "name": _name, "kind": _kind, "on": _working_day, "duty_id": lambda *_: "REF-27",
    "role": lambda page, *_: page.about, "act": lambda page, *_: page.about,
    "restriction_key": lambda page, world, side: world.restriction.key,
    "dispute_key": lambda page, world, side: side.dispute.key,
    "file_key": lambda page, world, side: _file(page, side),
    "certificate_key": lambda page, world, side: world.certificate,
}  # fmt: skip
