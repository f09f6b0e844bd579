"""A pack: a person's whole record as one PDF, asked for by an IRO manager, made by a worker, kept with the records."""

import logging
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import audit
from cases import witness
from cases.models import Child
from cases.refusal import NotYours, Refusal
from letters.pdf import as_pdf
from reports.records import notices, packfile
from reports.records.access import may_make_packs
from reports.records.models import AccessPack

STYLESHEET = settings.BASE_DIR / "static" / "src" / "records" / "pack.css"
logger = logging.getLogger(__name__)


def ask(child, *, by, purpose, withheld, submission=None):
    """Ask for a pack without the names marked; the same submission twice is one pack."""
    with transaction.atomic(), audit.act(by, "pack.asked", why=purpose) as act:
        if not may_make_packs(by) or by.organisation_id != child.authority_id:
            raise NotYours("A record is given out by the IRO manager of the child’s authority.")
        if not purpose.strip():
            raise Refusal("Say what the pack is for: it is kept with the record.", field="purpose")
        if submission and (already := AccessPack.objects.filter(submission=submission, child=child).first()):
            return already
        child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
        pack = AccessPack.objects.create(
            authority_id=child.authority_id, child=child, purpose=purpose.strip(), withheld=sorted(set(withheld)),
            asked_by=by, asked_at=timezone.now(), submission=submission,
        )  # fmt: skip
        act.touched(witness.child(child), ("pack", pack.pk))
        transaction.on_commit(lambda: notices.ask_for("reports.tasks.make_packs", pack.pk))
        return pack


def wanted():
    return AccessPack.objects.filter(made_at=None).order_by("pk")


def make(pk):
    """Gather, print, keep; twice makes one. A page that fails leaves the pack wanted, for the next tick."""
    pack = wanted().select_related("child__authority", "asked_by__organisation").filter(pk=pk).first()
    if pack is None:
        return False
    try:
        pdf = as_pdf(
            render_to_string("reports/records/pack.html", packfile.contents_of(pack)), also=STYLESHEET
        )
    except Exception:
        logger.exception("The pack %s could not be made; the clock will try again.", pk)
        return False
    with transaction.atomic():
        made = wanted().filter(pk=pk).update(pdf=pdf, sha256=sha256(pdf).hexdigest(), made_at=timezone.now())
        if made:
            notices.tell(pack.asked_by, "pack", f"{pack.child.key}:{pack.pk}")
    return bool(made)
