"""A case as each form needs it, and how a form is filled in and looked at."""

import re
from datetime import timedelta

from django import forms
from django.utils import timezone

from accounts.govuk import DateField
from cases.actions import correct
from cases.appointments import appoint
from tests.cases.steps import day, happened, opened

# What a browser sends when nothing was filled in.
EMPTY = {"submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f44"}


# --- A case prepared for each happening -----------------------------------------------------------------


def not_started(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-03")
    correct(case.events.get(), by=cast.lena, reason="Begun too early")
    return case


def pre_proceedings(cast):
    return opened(cast, cast.amber, cast.blake, on="2025-02-03", entering="entered_pre_proceedings")


def issued(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-03")
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-04"),
        by=cast.cass,
        case=case,
    )
    happened(case, "became_looked_after", "2025-02-04", legal_status="C1 interim care order")
    happened(case, "hearing_listed", "2025-02-04", hearing="cmh", date="2025-03-10")
    happened(case, "document_received", "2025-02-05", document="Timetable", kind="Expert report")
    happened(case, "filing_date_set", "2025-02-05", of="la_final_evidence", date="2025-05-12")
    happened(case, "review_arranged", "2025-02-06", review="2025-02-20", date="2025-02-20")
    happened(case, "dispute_raised", "2025-02-07", dispute="Dispute 1", formal=True, days=5)
    return case


def up_to_irh(cast):
    return to_the_irh(issued(cast))


def to_the_irh(case):
    happened(case, "review_held", "2025-02-20", review="2025-02-20", significant_issues=False)
    happened(case, "hearing_held", "2025-02-24", hearing="cmh")
    happened(case, "final_evidence_with_iro", "2025-02-24")
    return case


def concluded(cast):
    return to_the_end(up_to_irh(cast))


def to_the_end(case):
    happened(case, "proceedings_concluded", "2025-02-25", outcome="care_order")
    return case


# --- Forms ----------------------------------------------------------------------------------------------


def answered(form):
    """A right answer to every question, as a browser would send it."""
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, DateField):
            when = timezone.localdate() + (timedelta() if field.past_only else timedelta(days=30))
            data |= parts(name, when)
        elif isinstance(field, forms.MultipleChoiceField):
            data[name] = value or [field.choices[0][0]]
        elif isinstance(field, forms.ChoiceField):
            data[name] = value or next(choice for choice, _ in field.choices if choice)
        elif isinstance(field, forms.IntegerField):
            data[name] = value or "5"
        else:
            data[name] = value or ("Something was said" if field.required else "")
    return data


def parts(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def said(page):
    form = page.context and page.context.get("form")
    return (form.errors.as_text() if form else "") or page.status_code


def assert_shown(page, field):
    """An error of a field stands in the summary, linked to the field, and beside it."""
    html = page.content.decode()
    summary = html[html.index("govuk-error-summary") :].split("</ul>")[0]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert any(link.startswith(f"id_{field}") for link in links), (field, links)
    for link in links:
        assert f'id="{link}"' in html, f"#{link} leads nowhere"
    assert f'id="id_{field}-error"' in html or f'id="id_{field}_error"' in html
