"""What a guardian hands over stands at the child's next review until the IRO closes it with evidence."""

from datetime import date

import pytest
from django.urls import reverse

from cases import matters
from cases.appointments import appoint
from cases.models import Matter
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def matter(cast):
    case = opened(cast, cast.amber, on="2025-01-06")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-01-07"), by=cast.mona)
    appoint(cast.gwen, "guardian", children=[cast.amber], case=case, on=day("2025-01-08"), by=cast.cass)
    [letter] = happened(case, "appendix_1_sent", "2025-02-03", by=cast.gwen)
    return Matter.objects.create(
        authority=cast.northmoor, child=cast.amber, raised_by=letter, text="Contact with the older brother"
    )


def close(client, matter, **changed):
    answers = {
        "evidence": "The carer confirms it.",
        "on_day": "3",
        "on_month": "3",
        "on_year": "2025",
    } | changed
    return client.post(reverse("matter_close", args=[matter.pk]), answers, follow=True)


def said(response):
    return " ".join(response.content.decode().split())


def test_an_open_matter_stands_on_the_childs_page_until_it_is_closed(cast, browse, matter):
    iris = browse(cast.iris)
    child = reverse("child", args=[cast.amber.key])
    assert reverse("matter_close", args=[matter.pk]) in said(iris.get(child))
    assert list(matters.open_for([cast.amber])) == [matter]
    assert "The matter is closed." in said(close(iris, matter))
    assert not matters.open_for([cast.amber])
    shown = said(iris.get(child))
    assert "Closed on Monday 3 March 2025 by Iris Reviewer: The carer confirms it." in shown
    assert reverse("matter_close", args=[matter.pk]) not in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"evidence": "  "}, "Say what was done, and how you know"),
        ({"on_day": "4"}, "The date it was settled must be today or in the past"),
        ({"on_month": "2", "on_day": "1"}, "it cannot have been settled before that."),
    ],
)
def test_a_matter_is_not_closed_without_evidence_or_on_an_impossible_day(
    cast, browse, matter, changed, sentence
):
    assert said(close(browse(cast.iris), matter, **changed)).count(sentence) == 2
    assert list(matters.open_for([cast.amber])) == [matter]


@pytest.mark.parametrize("who", ["gwen", "sol", "lena", "stranger", "ivor"])
def test_only_the_childs_iro_and_the_iro_manager_close_a_matter(cast, browse, matter, who):
    assert close(browse(getattr(cast, who)), matter).status_code == 404
    assert list(matters.open_for([cast.amber])) == [matter]


def test_closing_it_twice_closes_it_once(cast, browse, matter):
    close(browse(cast.iris), matter)
    assert close(browse(cast.iris), matter).redirect_chain
    assert "Iris Reviewer closed this on Monday 3 March 2025" in said(
        close(browse(cast.mona), matter, evidence="Something else")
    )
    matter.refresh_from_db()
    assert (matter.closed_by, matter.closed_on) == (cast.iris, date(2025, 3, 3))
    assert matter.evidence == "The carer confirms it."
