"""The certificate of a disposal: what went, by whom, when and under which rule. It names no child."""

import json
from datetime import date, datetime
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.roles import PersonRole
from cases.dates import weekday_date
from letters.pdf import as_pdf
from reports.records.models import Certificate


def issue(disposal, found):
    """Written in the transaction that took the rows away."""
    rows = found.counted()
    contents = {
        "reference": disposal.key,
        "authority": disposal.authority.name,
        "ground": disposal.ground,
        "kept_until": disposal.kept_until.isoformat(),
        "reason": disposal.reason,
        "proposed_by": _who(disposal.proposed_by),
        "proposed_at": disposal.proposed_at.isoformat(),
        "agreed_by": _who(disposal.agreed_by),
        "agreed_at": disposal.agreed_at.isoformat(),
        "done_at": disposal.done_at.isoformat(),
        "rows": [list(row) for row in rows],
        "total": sum(number for _, number in rows),
        "shared_cases": len(found.shared),
    }
    return Certificate.objects.create(
        disposal=disposal, authority_id=disposal.authority_id, contents=contents, sha256=hash_of(contents),
        made_at=timezone.now(),
    )  # fmt: skip


def hash_of(contents):
    """Over every word and number of it, in one order: whoever changes one gets another hash."""
    return sha256(json.dumps(contents, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_whole(certificate):
    return hash_of(certificate.contents) == certificate.sha256


def said(certificate):
    """What page and paper say alike."""
    contents = certificate.contents
    shared = contents["shared_cases"]
    return {
        "reference": contents["reference"],
        "authority": contents["authority"],
        "facts": [
            ("Rule", contents["ground"]),
            ("Had to be kept until", weekday_date(date.fromisoformat(contents["kept_until"]))),
            ("Why it went", contents["reason"]),
            ("Proposed by", f"{contents['proposed_by']}, {_when(contents['proposed_at'])}"),
            ("Agreed by", f"{contents['agreed_by']}, {_when(contents['agreed_at'])}"),
            ("Disposed of", _when(contents["done_at"])),
            *([("Cases that stay", f"{shared}, because of other children in them")] if shared else []),
        ],
        "rows": contents["rows"],
        "total": contents["total"],
        "sha256": certificate.sha256,
        "is_whole": is_whole(certificate),
    }


def _when(moment):
    at = timezone.localtime(datetime.fromisoformat(moment))
    return f"{weekday_date(at.date())} at {at:%H:%M}"


def paper_of(certificate):
    """The PDF, made once and kept."""
    if certificate.pdf is None:
        html = render_to_string("reports/records/certificate_paper.html", {"certificate": said(certificate)})
        Certificate.objects.filter(pk=certificate.pk, pdf=None).update(pdf=as_pdf(html))
        certificate = Certificate.objects.get(pk=certificate.pk)
    return bytes(certificate.pdf)


def _who(person):
    return f"{person.name}, {PersonRole(person.role).label}"
