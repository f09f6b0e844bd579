"""What holds for every template: the policy on scripts, nobody else's property, one meaning for each component."""

import datetime as dt
import re

import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string
from lxml import html

from tests.design.reading import text

TEMPLATES = sorted(
    path for path in (settings.BASE_DIR / "templates").rglob("*.html") if "wording" not in path.parts
)
SOURCES = sorted((settings.BASE_DIR / "static" / "src").rglob("*.*"))


def name(path):
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_carries_no_script_or_style_of_its_own(path):
    """The content security policy would refuse it, silently, in front of a person."""
    source = path.read_text()
    assert not re.search(r"<style|\sstyle=|javascript:|\shx-on|\shx-vals=.js:", source, re.I)
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", source, re.I)
    for script in re.findall(r"<script[^>]*>", source):
        assert " src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_fetched_from_anybody_else(path):
    source = path.read_text()
    assert not re.search(r"""(?:src|srcset|poster|action|<link[^>]*href)=["'](?:https?:)?//""", source)


@pytest.mark.parametrize("path", TEMPLATES + SOURCES, ids=name)
def test_nothing_claims_to_be_a_government_service(path):
    if path.suffix in {".html", ".scss", ".css", ".js"}:
        rules = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(), flags=re.S if path.suffix == ".css" else 0)
        assert not re.search(r"gds transport|@font-face|crest|govuk-header|logotype|crown\.", rules, re.I)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_can_be_read(path):
    get_template(str(path.relative_to(settings.BASE_DIR / "templates")))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.parent.name == "components"], ids=name)
def test_a_component_says_at_its_top_what_it_takes(path):
    assert path.read_text().startswith("{# ")


def drawn(template, **context):
    return html.fromstring(f"<main>{render_to_string(template, context)}</main>")


STATUSES = {
    "awaiting_date": "Awaiting a date",
    "open": "Open",
    "overdue": "Overdue",
    "met": "Met",
    "met_late": "Met late",
    "excused": "Excused",
    "not_required": "Not required",
    "annulled": "Annulled",
}


@pytest.mark.parametrize(("status", "said"), STATUSES.items())
def test_a_status_is_said_in_words(status, said):
    assert text(drawn("components/tag.html", status=status)) == said


OWED = {
    "children": "Amara and Ben",
    "duty": "Hold the first looked-after review",
    "status": "overdue",
    "due_on": dt.date(2025, 5, 5),
    "lateness": "3 working days late",
    "citations": ["Protocol 4.2", "regulation 33(1)"],
    "force": "Good practice, not binding",
    "why_url": "/why",
    "act_url": "/act",
    "act_text": "Record the review",
}


def test_a_deadline_says_all_that_is_known_about_it():
    tree = drawn("components/deadline_row.html", **OWED)
    said = text(tree)
    for part in ("Monday 5 May 2025", "3 working days late", "Protocol 4.2; regulation 33(1)", "not binding"):
        assert part in said
    assert [text(link) for link in tree.xpath("//a")] == [
        "Why this date? Hold the first looked-after review",
        "Record the review: Hold the first looked-after review",
    ]


def test_a_deadline_without_a_date_says_so():
    assert "No date yet" in text(drawn("components/deadline_row.html", duty="Speak", status="awaiting_date"))


def test_the_ledger_never_leaves_a_side_blank():
    said = text(drawn("components/ledger.html", authority=[OWED], cafcass=[]))
    assert "What the authority owes" in said
    assert "Cafcass owes nothing now." in said


def test_one_stage_is_the_current_one():
    stages = [
        {"name": "Issue", "state": "passed", "on": dt.date(2025, 5, 5)},
        {"name": "IRH", "state": "current"},
        {"name": "Handover", "state": "to_come"},
    ]
    tree = drawn("components/stages.html", stages=stages)
    assert [text(item) for item in tree.xpath("//*[@aria-current='step']")] == ["IRH Now"]
    assert "Passed, Mon 5 May" in text(tree)


def test_what_was_corrected_is_struck_through_and_said_aloud():
    tree = drawn("components/struck.html", text="4 May", by="C. Dean", on=dt.date(2025, 5, 5), why="mistyped")
    assert text(tree) == "Corrected: 4 May Corrected by C. Dean on Monday 5 May 2025: mistyped"
    assert text(tree.xpath("//s")[0]) == "4 May"


def test_a_baby_s_age_is_shown():
    tree = drawn("components/identity_bar.html", children=[{"name": "Ben", "age": 0}], reference="NS-1")
    assert "Ben, 0" in text(tree)


def test_the_page_for_a_fault_asks_for_nothing():
    source = (settings.BASE_DIR / "templates" / "500.html").read_text()
    assert not re.search(r"{%|{{", source)


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404"])
def test_a_refusal_renders_even_without_a_request(page):
    tree = html.document_fromstring(render_to_string(f"{page}.html"))
    assert len(tree.xpath("//h1")) == 1
    assert tree.get("lang") == "en-GB"
    assert tree.xpath("//title")[0].text.endswith("– The Protocol")


def test_not_there_and_not_yours_are_the_same_words():
    said = text(html.document_fromstring(render_to_string("404.html")))
    assert "Either it does not exist, or it is not one of your cases." in said


def test_the_title_of_a_page_with_errors_says_so_first():
    class SignIn(forms.Form):
        email = forms.EmailField()

    wrong = render_to_string("accounts/sign_in.html", {"form": SignIn({})})
    untouched = render_to_string("accounts/sign_in.html", {"form": SignIn()})
    assert "<title>Error: Sign in – The Protocol</title>" in wrong
    assert "<title>Sign in – The Protocol</title>" in untouched
