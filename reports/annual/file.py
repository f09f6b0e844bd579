"""The report as it is given out, small numbers hidden: an accessible PDF, and a document that can be edited."""

import io
from datetime import date

from reports.annual import acts, publishing
from reports.files.made import DOCX, PDF, Made
from reports.models import AnnualReport
from reports.printing import printed
from reports.statutory.years import Year

TITLE = "Annual report of the Independent Reviewing Officers’ service"


def make(file):
    report = (
        AnnualReport.objects.visible_to(file.asked_by)
        .select_related("authority")
        .get(key=file.asked["report"])
    )
    content = publishing.published(acts.content(report, file.asked_by))
    year = Year(date.fromisoformat(content["year_end"]))
    told = {"title": f"{TITLE}, {year.words}", "content": content, "year": year, "sha256": report.sha256}
    records = [("annual_report", report.key)]
    name = f"annual-report-{year.end.year}"
    if file.asked["form"] == "docx":
        return Made(f"{name}.docx", DOCX, _document(told), records)
    return Made(f"{name}.pdf", PDF, printed("reports/annual/paper.html", told), records)


def _document(told):
    """With headings, tables whose first row is a heading, and the language of its words."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.title = told["title"]
    document.core_properties.author = told["content"]["authority"]
    document.core_properties.language = "en-GB"
    style = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    if style is not None:
        style.set(qn("w:val"), "en-GB")
    document.add_heading(TITLE, level=0)
    document.add_paragraph(f"{told['content']['authority']}, {told['year'].words}")
    document.add_paragraph(_signature(told))
    if told["content"]["because"]:
        document.add_paragraph(told["content"]["because"])
    for section in told["content"]["sections"]:
        document.add_heading(section["title"], level=1)
        for paragraph in filter(None, section["text"].split("\n\n")):
            document.add_paragraph(paragraph)
        for table in section["tables"]:
            _table(document, table)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _signature(told):
    content = told["content"]
    if not content["signed_by"]:
        return "Draft: not signed. The figures follow what is recorded until it is."
    return f"Signed by {content['signed_by']} on {content['signed_on']}. SHA-256 of what was signed: {told['sha256']}"


def _table(document, table):
    from docx.oxml import OxmlElement

    document.add_heading(table["title"], level=2)
    drawn = document.add_table(rows=1, cols=len(table["columns"]), style="Light Grid")
    for cell, word in zip(drawn.rows[0].cells, table["columns"], strict=True):
        cell.text = word
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table["rows"]:
        for cell, word in zip(drawn.add_row().cells, row, strict=True):
            cell.text = word
