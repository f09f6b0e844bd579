"""The Protocol as one reads it: every duty with its clause, and worked examples played by the same rules."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from cases.agreements import Terms, sign
from cases.protocol_page import EXAMPLES, PLACES
from protocol.duties import CATALOGUE
from protocol.scenario_file import read

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def shown(cast, browse):
    return said(browse(cast.gwen).get(reverse("protocol")))


def said(response):
    assert response.status_code == 200
    return unescape(" ".join(response.content.decode().split()))


def article(shown, duty_id):
    start = shown.index(f'<article id="{duty_id}"')
    return shown[start : shown.index("</article>", start)]


def test_every_duty_stands_on_the_page_with_its_sentence_and_clause(shown):
    for duty in CATALOGUE.values():
        told = article(shown, duty.id)
        assert duty.sentence in told
        assert all(source in told for source in duty.sources), duty.id
        assert ("(withdrawn 2017)" in told) == any(source.startswith("AGR") for source in duty.sources), (
            duty.id
        )
        assert ("Our target" in told) == duty.is_target, duty.id
        assert ("Local variation" in told) == duty.variation, duty.id
        assert (not duty.shown) or any(words in told for words in PLACES.values()), duty.id


def test_it_says_that_it_does_not_bind_authorities_and_how_days_are_counted(shown):
    assert "The national protocol does not bind local authorities." in shown
    assert "How days are counted" in shown
    assert "begin with the day of issue" in shown


def test_every_entry_of_the_contents_leads_somewhere(shown):
    contents = shown[shown.index("Contents</h2>") : shown.index("</nav>", shown.index("Contents</h2>"))]
    targets = [piece.split('"')[0] for piece in contents.split('href="#')[1:]]
    assert len(targets) == 11  # eight parts, and what binds, the sources and the counting before them
    assert all(f'id="{target}"' in shown for target in targets)


def test_what_ones_own_agencies_agreed_stands_beside_the_national_text(cast, browse):
    on = date(2025, 2, 3)
    sign(Terms(cast.northmoor, cast.cafcass, on, on, "P", "T", ("IRH-7",), {"CMH-2": 3}), by=cast.mona)
    between = "Northmoor Council (invented) and Cafcass Greyhills (invented), from Monday 3 February 2025"
    for person in (cast.iris, cast.gwen):
        shown = said(browse(person).get(reverse("protocol")))
        assert f"3 working days between {between}" in article(shown, "CMH-2")
        assert f"Switched on between {between}" in article(shown, "IRH-7")
    assert between not in said(browse(cast.stranger).get(reverse("protocol")))


def test_it_is_for_people_who_have_signed_in(db):
    for url in (reverse("protocol"), reverse("protocol_duty", args=["CMH-2"])):
        assert Client().get(url).status_code == 302


def test_a_duty_that_is_not_there_is_not_found(cast, browse):
    assert browse(cast.gwen).get(reverse("protocol_duty", args=["CMH-99"])).status_code == 404


def test_a_duty_has_its_worked_examples_with_what_fell_due(cast, browse):
    shown = said(browse(cast.gwen).get(reverse("protocol_duty", args=["END-3"])))
    assert "The guardian hands over across Christmas" in shown
    assert "Thursday 18 December 2025" in shown
    assert "care_order" in shown
    assert "Tuesday 6 January 2026" in shown


def test_every_duty_has_a_page_and_every_dated_one_an_example(cast, browse):
    gwen = browse(cast.gwen)
    for duty in CATALOGUE.values():
        response = gwen.get(reverse("protocol_duty", args=[duty.id]))
        assert duty.sentence in said(response)
        examples = response.context["examples"]
        assert bool(examples) == duty.is_dated, duty.id
        assert all(example["owed"] for example in examples), duty.id


def test_an_example_says_what_its_file_expects(cast, browse):
    scenario = read(EXAMPLES / "tighter_local_agreement.toml")
    [expected] = scenario.expectations
    response = browse(cast.gwen).get(reverse("protocol_duty", args=["CMH-2"]))
    [example] = [example for example in response.context["examples"] if example["title"] == scenario.title]
    assert example["owed"][0]["due_on"].isoformat() == expected["due_on"]
    assert "CMH-2: 3 working days" in said(response)
