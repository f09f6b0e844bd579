"""The blank referral form: for anybody, without a key, and fit to be filled in by hand (REF-24)."""

import pikepdf
import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Organisation
from letters import blank_form, pdf
from referrals.models import Checklist
from tests.pdfs import opened, tags, text_of

pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture
def form(client, scene):
    """What somebody gets who is not signed in, of whatever the test has told."""

    def downloaded():
        answer = client.get("/referral-form/")
        assert answer.status_code == 200
        return answer

    return downloaded


def test_anybody_may_download_it(form):
    answer = form()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="referral-to-cafcass-legal.pdf"'
    assert reverse("blank_referral_form") == "/referral-form/"


def test_whoever_cannot_sign_in_finds_it_where_others_do(client, db):
    assert 'href="/referral-form/"' in client.get(reverse("sign_in")).content.decode()


def test_it_is_tagged_and_its_boxes_say_what_they_are(form):
    with opened(form().content) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert str(document.docinfo.Title) == "Referral to Cafcass Legal: blank form"
        assert document.Root.MarkInfo.Marked
        roles = tags(document.Root.StructTreeRoot.K)
        assert roles.count("/H1") == 1
        assert roles.count("/H2") == 13
        assert {"/Table", "/TH", "/TD"} <= set(roles)
        assert all(
            [round(float(side)) for side in page.MediaBox] == [0, 0, 595, 842] for page in document.pages
        )


def test_it_names_where_to_send_it_when_there_is_one_cafcass_legal(cast, form):
    said = text_of(form().content)
    assert "Send to: Cafcass Legal (invented)" in said
    assert "1 Invented Street" in said
    assert "Telephone 01632 960000" in said


def test_without_one_there_are_lines_to_write_on(form):
    said = text_of(form().content)
    assert "Send to: Cafcass Legal Address: ____" in said
    assert "Telephone: ____" in said


def test_with_two_it_chooses_neither(cast, form):
    Organisation.objects.create(
        name="Another Legal (invented)", kind="cafcass_legal", telephone="01632 960999"
    )
    said = text_of(form().content)
    assert "invented" not in said
    assert "01632" not in said


def test_it_asks_for_the_documents_of_the_list_in_use(form):
    from django.utils import timezone

    assert "Records of complaints and advocacy" in text_of(form().content)
    assert not Checklist.objects.exists(), "reading the form writes nothing"
    Checklist.objects.create(
        number=1, items=[{"item": "A map <of> the river", "hint": ""}], made_at=timezone.now()
    )
    said = text_of(form().content)
    assert "A map <of> the river" in said
    assert "Records of complaints and advocacy" not in said


def test_it_is_printed_once_and_not_for_everybody_who_asks(form, monkeypatch):
    first = form().content
    monkeypatch.setattr(pdf, "as_pdf", lambda page: pytest.fail("printed again"))
    assert form().content == first
    cache.clear()


def test_it_is_read_only(client, db):
    assert client.post("/referral-form/").status_code == 405


def test_nobody_and_nothing_of_a_case_is_in_it(cast, case):
    content = blank_form.as_pdf()
    with opened(content) as document:
        assert isinstance(document.Root, pikepdf.Dictionary)
    assert b"Amber" not in content
    assert not blank_form.contents().addressee
