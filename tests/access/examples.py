"""For every published page, the address of one: whose world it is in, and on which side of it."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from config.permissions import of_accounts
from config.permissions.relations import Relation
from protocol.working_days import ENGLAND
from tests.access.story import password_link

R = Relation
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
# Of one authority's people, whatever its cases.
OF_AN_AUTHORITY = {"cover_end", "restriction", "restriction_change", "restriction_lift"}
OF_A_PERSON = {"person", "role_change", "withdraw_role_change", "reset_second_factor"}
OWN = {
    "remove_second_factor": "factors", "throw_away_kept_work": "kept", "answer_file": "files",
    "answer_file_fetch": "files", "saved_view": "views", "view_stop": "views", "view_forget": "views",
    "notice_acknowledge": "notices",
}  # fmt: skip
OF_NO_CASE = {
    "agreement", "agreement_review", "person", "certificate", "certificate_pdf", "foi_request", "foi_pack",
    "annual_report", "annual_section", "annual_behind", "annual_sign", "annual_file",
}  # fmt: skip
OF_THE_REFERRAL = ("referral_letter", "letters_of_referral", "recipient_")


@dataclass(frozen=True)
class Example:
    """An address with what it stands for. `kind` says which relations reach it: see `relation`."""

    page: object
    world: str
    kind: str
    url: str
    elsewhere: str
    own: dict = field(default_factory=dict, compare=False)
    named: frozenset = frozenset()

    def address(self, seat):
        """Where somebody finds it; what is one's own everybody finds somewhere else."""
        return self.own.get(seat.person.pk, self.url) if seat else self.url


def routes(patterns=None, before=""):
    """Every address of the product by name, as the resolver knows it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + re.sub(r"^\^", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, route


def relation(seat, example):
    """What somebody is to an example. It is told from the story, not asked of the product."""
    if example.kind == "none":
        return seat.relation
    if seat.world not in (example.world, "both"):
        return R.NONE
    if example.kind == "restricted":
        return R.NAMED if seat.person.pk in example.named else R.NONE
    if example.kind == "party":
        return R.NONE if seat.relation in (R.OFFICER, R.OFFICE) else R.SERVICE
    if example.kind == "quiet" and seat.relation in (R.REFERRED, R.OFFICER, R.OFFICE):
        return R.NONE
    if (
        example.kind == "alone"
        and seat.person.organisation.kind != "authority"
        and seat.relation != R.APPOINTED
    ):
        return R.NONE
    if example.kind == "alone" and seat.person.role == "guardian":
        return R.SERVICE
    return seat.relation


def every(story, pages):
    """All examples of all pages, in both worlds. A page that has none is named by `without` alone."""
    for page in pages:
        with suppress(LookupError):
            yield from _all_of(story, page)


def without(story, pages):
    """The pages nobody gave an example of, with what is missing."""
    for page in pages:
        try:
            if not list(_all_of(story, page)):
                yield f"{page.key}: give `examples` one of its kind"
        except LookupError as missing:
            yield f"{page.key}: {missing}"


def _all_of(story, page):
    for world in story.worlds().values():
        for kind in ("main", "quiet"):
            if found := _of(story, page, world, kind):
                yield found


def _of(story, page, world, kind):
    side = getattr(world, kind)
    if page.name in OWN:
        return _own(story, page) if (world, kind) == (story.northmoor, "main") else None
    if page.name in OF_NO_CASE or page.about.startswith("a local agreement"):
        kind = "party"
    elif page.about == "in no case" or page.name in OF_A_PERSON | OF_AN_AUTHORITY:
        kind = "alone"
    elif page.about == "restricted":
        kind = "restricted"
    parts = _parts(page, world, side)
    if parts is None or (kind in ("party", "alone", "restricted") and side is world.quiet):
        return None
    if not parts or page.name in (
        "set_password",
        "protocol_duty",
        "wording_edit",
        "rota_day",
        "advice_note",
        "calendar",
        "export",
        "quality_list",
        "conformance_duty",
    ):
        kind = "none"
    if kind == "none" and (side is world.quiet or world is story.southmere):
        return None
    nowhere = {name: _unknown(value) if name in IDS else value for name, value in parts.items()}
    return Example(
        page, world.name, kind, reverse(page.name, kwargs=parts), reverse(page.name, kwargs=nowhere),
        named=world.named,
    )  # fmt: skip


def _own(story, page):
    """Each one’s own; another’s, when it is about that, is Leah’s, who is asked nothing."""
    numbers = getattr(story, OWN[page.name])
    urls = {person: reverse(page.name, args=[number]) for person, number in numbers.items()}
    nowhere = reverse(page.name, args=[_unknown(0)])
    is_own = page.about == of_accounts.OWN
    leahs = urls[story.northmoor.cast.leah.pk]
    return Example(page, "northmoor", "none", leahs, nowhere, urls if is_own else {})


IDS = {
    "key",
    "certificate_key",
    "referral_key",
    "letter_key",
    "dispute_key",
    "pk",
    "restriction_key",
    "file_key",
}


def _unknown(value):
    """A number or key of the same make that nothing has."""
    if isinstance(value, int):
        return 99_999_999
    return "00000000-0000-4000-8000-000000000000" if "-" in str(value) else "ZZZZZZZZZZ"


def _parts(page, world, side):
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
    found = dict(_filled(part, page, world, side) for part in _variables(name))
    if any(value is None for value in found.values()):
        return None
    if name.startswith(OF_THE_REFERRAL) and not side.referral:
        return None
    return found if about != "submitted" or "referral_key" not in found or side.referral else None


@cache
def _route(name):
    return next(route for other, route in routes() if other == name)


def _variables(name):
    return variables(_route(name))


VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


def variables(route):
    return VARIABLE.findall(route)


def filled(route, parts):
    """The address of a route, whatever is in its parts."""
    return "/" + VARIABLE.sub(lambda found: str(parts[found[1]]), route)


def _filled(part, page, world, side):
    if part not in FILL:
        raise LookupError(f"/{_route(page.name)} ({page.name}): give `FILL` an example of <{part}>")
    return part, FILL[part](page, world, side)


def _key(page, world, side):
    route = _route(page.name)
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
