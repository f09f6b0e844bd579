"""For every published page, the address of one: whose world it is in, and on which side of it."""

from contextlib import suppress
from dataclasses import dataclass, field

from django.urls import reverse

from config.permissions import of_accounts
from config.permissions.relations import Relation
from tests.access.filling import OF_A_PERSON, parts_of

R = Relation
# Of one authority's people, whatever its cases.
OF_AN_AUTHORITY = {"cover_end", "restriction", "restriction_change", "restriction_lift"}
OWN = {
    "remove_second_factor": "factors", "throw_away_kept_work": "kept", "answer_file": "files",
    "answer_file_fetch": "files", "saved_view": "views", "view_stop": "views", "view_forget": "views",
    "notice_acknowledge": "notices",
}  # fmt: skip
OF_NO_CASE = {
    "agreement", "agreement_review", "person", "certificate", "certificate_pdf", "foi_request", "foi_pack",
    "annual_report", "annual_section", "annual_behind", "annual_sign", "annual_file",
}  # fmt: skip


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
    parts = parts_of(page, world, side)
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
