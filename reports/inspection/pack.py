"""The pack: an index with page numbers, then case by case what was done, what was challenged, what was written."""

import re
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import Organisation
from cases import projection, witness
from cases.identity import identity_of
from cases.models import Case
from cases.timeline import chronology_of, entries_of
from letters.models import Letter
from letters.models.letter import GONE
from letters.press import kept_sheet
from referrals.disputefile import gauge, told
from referrals.models import Dispute, Referral
from reports.files.made import PDF, Made
from reports.printing import printed


def make(file):
    cases = Case.objects.visible_to(file.asked_by).filter(key__in=file.asked["cases"])
    by_key = {case.key: case for case in cases.select_related("authority", "cafcass_office")}
    parts, records = [], []
    for key in file.asked["cases"]:
        if case := by_key.get(key):
            part = _case(case, file.asked_by)
            parts.append(part)
            records += [*witness.whole(case), *(("letter", letter["key"]) for letter in part["letters"])]
    pdf = printed("reports/inspection/paper.html", _told(file, parts))
    return Made(f"inspection-pack-{file.key}.pdf", PDF, pdf, records)


def _told(file, parts):
    return {
        "title": f"Inspection pack of {len(parts)} cases" if len(parts) != 1 else "Inspection pack of one case",
        "authority": Organisation.objects.get(pk=file.organisation_id),
        "how": file.asked["how"], "purpose": file.purpose, "asked_by": file.asked_by, "parts": parts,
        "made_on": timezone.localdate(),
    }  # fmt: skip


def _case(case, user):
    outcome = projection.play_case(case)
    return {
        "case": case,
        "identity": identity_of(case, outcome, today=timezone.localdate()),
        "chronology": list(reversed(chronology_of(case, may_correct=_nobody))),
        "disputes": [
            _dispute(one) for one in Dispute.objects.visible_to(user).filter(case=case).order_by("raised_on")
        ],
        "referrals": list(Referral.objects.visible_to(user).filter(case=case).exclude(state="draft")),
        "letters": [_letter(one) for one in _sent(case, user)],
    }


def _sent(case, user):
    return (
        Letter.objects.visible_to(user)
        .filter(case=case, state__in=GONE)
        .select_related("sender")
        .order_by("sent_on", "pk")
    )


def _nobody(event):
    return False


def _dispute(one):
    return {
        "dispute": one,
        "children": ", ".join(child.name for child in one.children.all()),
        "gauge": gauge(one, today=timezone.localdate()),
        "trail": list(reversed(entries_of(told(one), one.case, may_correct=_nobody))),
    }


def _letter(one):
    """The sheet as it was sent; its headings stand below those of the pack."""
    sheet = re.sub(r"<(/?)h([12])\b", lambda found: f"<{found[1]}h{int(found[2]) + 3}", kept_sheet(one))
    return {
        "key": one.key, "kind": one.get_kind_display(), "sent_on": one.sent_on or date.min, "sender": one.sender,
        "sheet": SafeString(sheet), "sha256": one.page_sha256,
    }  # fmt: skip
