"""The inspection pack, opened: an index whose page numbers are right, and everything of each case."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases.timeline import chronology_of
from letters import actions
from reports.inspection import sample
from tests.cases.steps import day, opened
from tests.letters.conftest import (
    _today,
    case,
    cast,
    concluded,
    handover,
    with_iro,
    write,
)
from tests.pdfs import opened as parsed
from tests.pdfs import tags
from tests.referrals import dispute_steps
from tests.reports.fetching import fetched, text_of

__all__ = ["_today", "case", "cast", "concluded", "handover", "with_iro", "write"]
WHY = {"purpose": "Inspection, December 2025"}


@pytest.fixture
def mona(cast, browse):
    return browse(cast.mona)


def test_one_pdf_holds_every_case_with_an_index(cast, case, handover, mona, new):
    letter = actions.send(handover, on=day("2025-12-10"), by=cast.gwen)
    dispute_steps.raised(cast, case, "2025-12-05", formal=True)
    other = opened(cast, cast.coral, on="2025-12-01")
    new()
    asked = mona.post(
        reverse("inspection"), WHY | {"how": "chosen", "references": f"{case.key} {other.key.lower()}"}
    )
    assert new()[0][0].why == WHY["purpose"]
    pdf = fetched(mona, asked).content
    entry, records = new()[-1]
    assert (entry.act, entry.why) == ("exported", WHY["purpose"])
    assert {
        ("case", case.key),
        ("case", other.key),
        ("child", cast.coral.key),
        ("letter", letter.key),
    } <= records
    said = text_of(pdf)
    for line in chronology_of(case, may_correct=lambda event: False):
        assert f"{line.title}." in said, line.title
    assert "Therapy agreed at the review in January has not begun." in said
    assert "Time with her grandmother, agreed at six times a year, has not begun." in said, (
        "from the letter itself"
    )
    assert letter.page_sha256 in said
    assert "No dispute was raised in this case." in said
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    index = next(page for page in pages if "Index" in page)
    for key in (case.key, other.key):
        number = int(re.search(rf"Case {key} \.*\s?(\d+)", index)[1])
        assert f"Case {key}" in pages[number - 1], key
        assert f"Chronology of case {key}" in pages[number - 1], key
    with parsed(pdf) as document:
        roles = tags(document.Root.StructTreeRoot.K)
        assert (roles.count("/H1"), roles.count("/H2")) == (1, 3)
        outline = [str(one.title) for one in document.open_outline().root[0].children]
        assert outline == ["Index", f"Case {case.key}", f"Case {other.key}"]


def test_a_random_sample_can_be_drawn_again_and_says_out_of_how_many(cast, mona):
    keys = {opened(cast, on="2025-12-01").key for _ in range(1)} | {
        opened(cast, child, on="2025-12-02").key for child in (cast.blake, cast.coral)
    }
    first = sample.drawn(cast.mona, 2, seed="abc")
    assert first == sample.drawn(cast.mona, 2, seed="abc")
    assert set(first.keys) < keys
    assert "drawn at random from 3 cases with the seed abc" in first.how
    assert sample.drawn(cast.mona, 9).keys == sorted(keys)
    answer = mona.post(reverse("inspection"), WHY | {"how": "random", "number": "2", "stage": ""})
    assert "Inspection pack of 2 cases" in text_of(fetched(mona, answer).content)


def test_what_cannot_be_packed_is_said_on_its_field(cast, case, browse, mona):
    url = reverse("inspection")
    for given, said in (
        ({"how": "random", "number": ""}, "Say how many cases"),
        ({"how": "random", "number": "3", "stage": "closed"}, "no case of that kind to draw from"),
        ({"how": "chosen", "references": ""}, "Give the reference of each case"),
        ({"how": "chosen", "references": "NOSUCHKEY1"}, "No case you may see has the reference NOSUCHKEY1"),
        (
            {"how": "chosen", "references": " ".join(f"KEY{n}" for n in range(21))},
            "A pack holds at most 20 cases",
        ),
    ):
        assert said in mona.post(url, WHY | given).content.decode(), said
    assert (
        "Say what the file is for"
        in mona.post(url, {"how": "chosen", "references": case.key}).content.decode()
    )
    theirs = browse(cast.stranger).post(url, WHY | {"how": "chosen", "references": case.key}).content.decode()
    assert f"No case you may see has the reference {case.key}" in theirs
    assert browse(cast.iris).get(url).status_code == 404
