"""Saying what an import found: counts for machines, lines for people, and a file with everything."""

import csv
import re

from django.conf import settings

from cases.imports.findings import KINDS

HEADINGS = ["finding", "what it means", "file", "line", "child", "what was found"]
# A spreadsheet runs a cell that begins with one of these.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@")


def counts(returned, loaded, findings):
    """The same for a rehearsal, a first run and every further run of the same return."""
    return {
        "children": len(returned.in_header),
        "periods": loaded.periods,
        "reviews": returned.reviews,
        "findings": findings.counts(),
    }


def summary(returned, loaded, counted, *, is_rehearsal):
    """What was in the return, and what it changed here."""
    would = "would have " if is_rehearsal else ""
    yield (
        f"{returned.named[0].upper()}{returned.named[1:]}: {counted['children']:,} children, "
        f"{counted['periods']:,} periods of care, {counted['reviews']:,} reviews."
    )
    if not (
        loaded.children_added or loaded.children_changed or loaded.added or loaded.put_right or loaded.struck
    ):
        yield "Nothing changed: all of it was here already." if not is_rehearsal else "Nothing would change."
        return
    yield (
        f"The import {would}added {loaded.children_added:,} children and {loaded.added:,} facts, "
        f"{would}changed {loaded.children_changed:,} children, {would}put right {loaded.put_right:,} facts "
        f"and {would}struck out {loaded.struck:,} that are no longer in the return."
    )
    if loaded.missed:
        yield (
            f"{loaded.missed:,} missed deadlines of the past {'would be' if is_rehearsal else 'were'} written down. "
            "Nobody is e-mailed about them."
        )


def lists(findings, *, show):
    """Each kind of finding with how many there are, and the first of them (`show` None: all)."""
    for kind, number in findings.counts().items():
        if not number:
            continue
        yield ""
        yield f"{kind}: {number:,}. {KINDS[kind]}."
        found = findings.of_kind(kind)
        for finding in found[:show]:
            yield f"  {where(finding)}: {finding.sentence}"
        if show is not None and number > show:
            yield f"  … and {number - show:,} more."


def where(finding):
    line = f", line {finding.line}" if finding.line else ""
    child = f", child {finding.child}" if finding.child else ""
    return f"{finding.file}{line}{child}".removeprefix(", ")


def write_file(findings, authority, returned):
    """Every finding as a row of a CSV file; the file of one authority's one year is always the same."""
    year = f"-{returned.year_end:%Y}" if returned.year_end else ""
    name = re.sub(r"[^a-z0-9]+", "-", authority.name.lower()).strip("-")
    path = settings.VAR_DIR / f"ssda903-findings-{name}{year}.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for f in findings.found:
            row = [f.kind, KINDS[f.kind], f.file, f.line or "", f.child, f.sentence]
            writer.writerow([_harmless(cell) for cell in row])
    return path


def _harmless(cell):
    return f"'{cell}" if str(cell).startswith(RUN_BY_SPREADSHEETS) else cell
