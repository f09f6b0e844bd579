"""What seeded cases say: hearings and extensions, disputes, and handover letters."""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from cases.models import Event
from letters.models import Letter
from referrals.models import Dispute
from tests.reports.seeded.day import TODAY

DISPUTED = ("informal", "formal", "formal", "resolved", "unresolved")
RUNGS = ("Informal", "Team manager", "Service manager")
REASONS = ("Further expert assessment", "further expert  assessment.", "A new placement was found", "")


def in_court(seeded, cases, members):
    """Extensions with their reasons, final hearings listed, moved, vacated and held, a child added later."""
    random, rows = seeded.random, []

    def told(case, happening, on, child=None, **details):
        rows.append(
            Event(
                authority=case.authority, case=case, child=child, happening=happening, on=on, details=details,
                recorded_at=timezone.now(),
            )
        )  # fmt: skip

    for case in (case for case in cases if case.issued_on):
        inside = [member for member in members if member.case is case]
        for _ in range(random.randrange(0, 3)):
            told(
                case, "extension_granted", TODAY - timedelta(days=random.randrange(1, 90)),
                random.choice([None, inside[0].child]), new_date=TODAY.isoformat(), reason=random.choice(REASONS),
            )  # fmt: skip
        if random.random() < 0.6:
            listed = TODAY - timedelta(days=40)
            told(
                case, "hearing_listed", listed, hearing="final", date=_near(random),
                **({"ref": "2"} if random.random() < 0.2 else {}),
            )  # fmt: skip
            for happening in random.sample(
                ["hearing_moved", "hearing_vacated", "hearing_held"], random.randrange(0, 2)
            ):
                more = {"date": _near(random)} if happening == "hearing_moved" else {}
                told(
                    case, happening, listed + timedelta(days=random.randrange(0, 3)), hearing="final", **more
                )
        if len(inside) > 1 and random.random() < 0.5:
            told(
                case, "child_added", case.issued_on + timedelta(days=10), inside[1].child,
                application_issued=(case.issued_on + timedelta(days=9)).isoformat(),
            )  # fmt: skip
    Event.objects.bulk_create(rows)


def _near(random):
    return (TODAY + timedelta(days=random.randrange(-20, 70))).isoformat()


def in_disputes(seeded, cases):
    random = seeded.random
    Dispute.objects.bulk_create(
        Dispute(
            authority=case.authority, case=case, ref=f"Dispute {number}", theme="care_plan", concern="Seeded.",
            raised_by=seeded.cast.iris, state=(state := random.choice(DISPUTED)),
            raised_on=(raised := TODAY - timedelta(days=random.randrange(1, 60))),
            formal_on=None if state == "informal" else raised,
            ended_on=TODAY if state in ("resolved", "unresolved") else None,
            rung="Informal" if state == "informal" else random.choice(RUNGS[1:]),
            kind="good_practice" if random.random() < 0.1 else "concern",
        )
        for case in cases
        for number in range(random.randrange(0, 3))
    )  # fmt: skip


def in_letters(seeded, cases):
    """Handover letters, half of them scored."""
    random, rows = seeded.random, []
    for case in (case for case in cases if case.stage in ("completion", "post_proceedings", "closed")):
        score = random.choice([None, 1, 2, 3, 5])
        page = f"Letter of {case.pk}"
        rows.append(
            Letter(
                authority=case.authority, case=case, kind="appendix_2", state="sent", occasion="conclusion",
                sender=case.cafcass_office, signatory=random.choice(seeded.guardians), page=page,
                page_sha256=sha256(page.encode()).hexdigest(), created_at=timezone.now(), changed_at=timezone.now(),
                sent_on=TODAY - timedelta(days=random.randrange(1, 500)), usefulness=score,
                usefulness_reason="It leaves out the contact." if score and score < 3 else "",
            )
        )  # fmt: skip
    Letter.objects.bulk_create(rows)
