"""Beginning a report, writing in it, and signing it: from then on nothing of it changes."""

import json
from hashlib import sha256
from secrets import token_hex

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.dates import weekday_date
from cases.refusal import Refusal
from reports.annual import figures
from reports.annual.headings import BY_NAME, HEADINGS
from reports.models import AnnualReport, AnnualSection


def begin(year_end, *, by):
    """One report for one year; asked for again, it is the same one."""
    with transaction.atomic():
        report, is_new = AnnualReport.objects.get_or_create(
            authority=by.organisation,
            year_end=year_end,
            defaults={"begun_by": by, "begun_at": timezone.now()},
        )
        if is_new:
            audit.changed(by, "annual_report.begun", ("annual_report", report.key))
    return report


def write(report, name, text, *, by, seen_version):
    """What stands under one heading. Written against an older text it is refused, and what was typed stays."""
    assert name in BY_NAME, name  # noqa: S101
    with transaction.atomic():
        report = _locked(report)
        _refuse_signed(report)
        section = AnnualSection.objects.filter(report=report, name=name).first()
        if section and section.text == text:
            return
        if section and section.version != seen_version:
            raise Refusal(
                f"{section.changed_by} changed this section meanwhile. Open it again beside this page and bring the "
                "two together."
            )
        kept = section or AnnualSection(report=report, name=name, version=0)
        kept.text, kept.changed_by, kept.changed_at = text, by, timezone.now()
        kept.version += 1
        kept.save()
        audit.changed(by, f"annual_report.written.{name}", ("annual_report", report.key))


def sign(report, *, by):
    """Figures and words are kept as they are this moment, with a hash over all of it."""
    with transaction.atomic():
        report = _locked(report)
        if report.is_signed:
            return report
        texts = texts_of(report)
        if missing := [heading.title for heading in HEADINGS if not texts.get(heading.name, "").strip()]:
            raise Refusal(
                f"Nothing is written yet under: {'; '.join(missing)}. The Handbook (7.11) asks for each: where there "
                "was nothing, say so."
            )
        report.signed_by, report.signed_at = by, timezone.now()
        # With something nobody can guess in it, the hash that is published does not give away what is not.
        kept = _content(report, by, texts) | {"salt": token_hex(16)}
        report.frozen = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        report.sha256 = sha256(report.frozen.encode()).hexdigest()
        report.save()
        audit.changed(by, "annual_report.signed", ("annual_report", report.key))
    return report


def texts_of(report):
    return dict(report.sections.values_list("name", "text"))


def content(report, user):
    """What the report says: as it was frozen, or as it stands now."""
    if report.is_signed:
        return json.loads(report.frozen)
    return _content(report, user, texts_of(report))


def is_whole(report):
    """Whether what is kept is still what was signed."""
    return report.sha256 == sha256(report.frozen.encode()).hexdigest()


def _content(report, user, texts):
    tables = [table.as_json() | {"picture": table.picture} for table in figures.of(report, user)]
    return {
        "authority": report.authority.name,
        "year_end": report.year_end.isoformat(),
        "signed_by": f"{report.signed_by.name}, {report.signed_by.get_role_display()}"
        if report.signed_by
        else "",
        "signed_on": weekday_date(timezone.localdate(report.signed_at)) if report.signed_at else "",
        "sections": [
            {
                "name": heading.name,
                "title": heading.title,
                "text": texts.get(heading.name, ""),
                "tables": [table for table in tables if table["section"] == heading.name],
            }
            for heading in HEADINGS
        ],
    }


def _locked(report):
    return AnnualReport.objects.select_for_update(of=("self",)).select_related("authority").get(pk=report.pk)


def _refuse_signed(report):
    if report.is_signed:
        raise Refusal(
            f"This report was signed on {weekday_date(timezone.localdate(report.signed_at))} and is frozen. What has "
            "to be added goes into next year’s."
        )
