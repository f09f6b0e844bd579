"""Hostile letters through the public door: nothing fetched, read, embedded or run, and every word comes out as text.

What somebody typed into a letter, a name, an address or a wording is printed and looked at with a listener on this
machine, a trap for every file opened and every program started, and the check that uploads go through as well.
Each planted fault at the end makes the same proof fail.
"""

from functools import partial

import pytest
from django.urls import reverse

from accounts.models import User
from letters import actions, distribution, gather, pdf, press, referral_drafting, wording
from letters.kinds import LetterKind
from letters.models import Letter, Recipient
from tests.cases.files.listening import beacon
from tests.letters import hostile
from tests.letters.hunting import TRAP, as_read, faults, foreign, printed, said

ROWS = 36


@pytest.fixture(scope="module")
def _press_is_warm():
    pdf.as_pdf(bare("The press looks for its libraries and fonts once, before the trap is set."))


@pytest.fixture
def hunted(_press_is_warm, tmp_path):
    """A listener, a secret file, and the words aimed at both."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret in the file")
    with beacon() as lit:
        TRAP.caught, TRAP.secret, lit.secret = [], str(secret), secret
        lit.aim = lambda words: words.format(at=lit.address.rstrip("/"), file=secret)
        yield lit
    TRAP.is_set = False


# --- What is typed into a letter ----------------------------------------------------------------------------------


def test_sixty_hostile_texts_come_out_as_text(cast, concluded, browse, hunted, tmp_path):
    texts = [hunted.aim(words) for words in hostile.SIXTY]
    assert len(set(texts)) >= 60
    gwen = browse(cast.gwen)
    letter = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    for start in range(0, len(texts), ROWS):
        some = texts[start : start + ROWS]
        typed = {f"matter_{row}": text for row, text in enumerate(some, 1)}
        typed |= {
            "outcome": some[0],
            "oversight": some[-1],
            "version": Letter.objects.get(pk=letter.pk).version,
        }
        answer = gwen.post(reverse("letter_edit", args=[concluded.key, letter.key]), typed)
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        content = printed(lambda: gwen.get(reverse("letter_pdf", args=[concluded.key, letter.key])).content)
        assert list(faults(content, hunted, tmp_path)) == []
        page = page_of(Letter.objects.get(pk=letter.pk))
        assert list(foreign(page)) == []
        lost = [text for text in some if as_read(text) not in said(page)]
        assert lost == []


def page_of(letter, **how):
    contents = gather.contents_of(letter, dated=letter.created_at.date(), **how)
    return press.page(contents, wording.national(letter.kind))


def test_words_of_a_letter_are_in_no_log(cast, concluded, caplog):
    letter = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    actions.edit(letter, {"outcome": "Amber \U0001f469"}, by=cast.gwen, seen_version=letter.version)
    pdf.as_pdf(page_of(Letter.objects.get(pk=letter.pk)))
    assert "\U0001f469" not in caplog.text
    assert "glyph" not in caplog.text


def test_more_matters_than_a_letter_carries_are_refused_in_words(cast, concluded, browse):
    letter = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    typed = {f"matter_{row}": "word " * 300 for row in range(1, 700)} | {"version": letter.version}
    answer = browse(cast.gwen).post(reverse("letter_edit", args=[concluded.key, letter.key]), typed)
    assert answer.status_code == 200
    assert "at most 50 matters" in answer.content.decode()


# --- Names, addresses, recipients ---------------------------------------------------------------------------------


def test_hostile_names_and_addresses_come_out_as_text(cast, concluded, browse, hunted, tmp_path):
    admin = User.objects.create_user(
        "ada@example.org", name="Ada Admin", organisation=cast.cafcass, role="administrator"
    )
    organisation = {
        "name": '<img src="{at}">', "address": '<link rel="attachment" href="file://{file}">\n{{{{ 7|add:7 }}}}',
        "telephone": "<b>01632</b>", "email": "office@example.org", "letterhead": "<style>@import url({at});</style>",
    }  # fmt: skip
    typed = {name: hunted.aim(words) for name, words in organisation.items()}
    assert browse(admin).post(reverse("organisation"), typed).status_code == 302
    person = {
        "name": '"><script>alert(1)</script>',
        "email": cast.gwen.email,
        "role": "guardian",
        "is_active": "on",
    }
    person |= {"telephone": "<i>1</i>"}
    assert browse(admin).post(reverse("person", args=[cast.gwen.pk]), person).status_code == 302
    child = {"name": hunted.aim('Amber <img src="{at}/x">'), "sex": "F"}
    child |= {"born_day": "2", "born_month": "4", "born_year": "2019"}
    changed = browse(cast.mona).post(reverse("child_edit", args=[cast.amber.key]), child)
    assert changed.status_code == 302, changed.content.decode()[-2000:]
    gwen = browse(User.objects.get(pk=cast.gwen.pk))
    for kind in (LetterKind.APPENDIX_2, LetterKind.TO_THE_CHILD_OLDER):
        letter = actions.draft(concluded, kind, by=User.objects.get(pk=cast.gwen.pk), children=[cast.amber])
        content = printed(
            lambda at=letter: gwen.get(reverse("letter_pdf", args=[concluded.key, at.key])).content
        )
        assert list(faults(content, hunted, tmp_path)) == []
        page = page_of(Letter.objects.get(pk=letter.pk))
        assert list(foreign(page)) == []
        assert as_read(typed["name"]) in said(page)
        assert person["name"] in said(page)


def test_a_hostile_recipient_comes_out_as_text(cast, referral, hunted, tmp_path):
    note = referral_drafting.draft(referral, LetterKind.PROGRESS_NOTE, by=cast.lex)
    rows = distribution.chosen(note)
    for row in rows:
        row.is_included, row.reason = (True, "") if row.person or row.child else (False, "Nobody.")
        row.how = row.how or Recipient.How.POST
    address = hunted.aim("1 <object data='file://{file}'></object>\n<style>@import url({at})</style>")
    rows.append(
        Recipient(
            party="other", name=hunted.aim('<iframe src="{at}"></iframe>'), address=address, is_included=True, how="post"
        )
    )  # fmt: skip
    note = distribution.choose(note, rows, by=cast.lex, seen_version=Letter.objects.get(pk=note.pk).version)
    page = page_of(note, to=note.recipients.get(party="other"))
    content = printed(lambda: pdf.as_pdf(page))
    assert list(faults(content, hunted, tmp_path)) == []
    assert list(foreign(page)) == []
    assert hunted.aim('<iframe src="{at}"></iframe>') in said(page)


# --- An organisation's own wording --------------------------------------------------------------------------------


def test_no_hostile_wording_is_agreed(cast, browse, hunted):
    national = wording.national(LetterKind.APPENDIX_2)
    cass, url = browse(cast.cass), reverse("wording_edit", args=["appendix_2"])
    agreed = []
    for words in hostile.WORDINGS:
        typed = {"text": f"{national}{hunted.aim(words)}", "number": 0}
        answer = printed(lambda typed=typed: cass.post(url, typed))
        if answer.status_code != 200 or "govuk-error-summary" not in answer.content.decode():
            agreed.append(words[:60])
    assert agreed == []
    assert (hunted.visits, TRAP.caught) == ([], [])


# --- The fetcher, were anything ever to come past the escaping ----------------------------------------------------

REACHING = [
    '<img src="{at}">', '<link rel="stylesheet" href="{at}">', '<link rel="attachment" href="{at}">',
    '<link rel="attachment" href="file://{file}">', '<object data="{at}"></object>', '<embed src="{at}">',
    '<style>@import url({at});</style>', '<style>p {{ background: url({at}) }}</style><p>x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{at}" width="9" height="9"/></svg>',
    '<style>p {{ content: url(file://{file}) }}</style><p>x</p>', '<img src="file:///etc/passwd">',
]  # fmt: skip


def bare(words):
    return f"<html lang='en-GB'><head><title>x</title></head><body>{words}</body></html>"


def test_a_page_that_reaches_out_reaches_nothing_and_is_not_printed(hunted):
    refused = 0
    for words in REACHING:
        try:
            printed(lambda words=words: pdf.as_pdf(bare(hunted.aim(words))))
        except pdf.Unprintable:
            refused += 1
    assert (hunted.visits, TRAP.caught) == ([], [])
    assert refused >= len(REACHING) - 2  # what stands where no picture is drawn is never asked for


def test_what_looks_like_an_act_in_a_page_is_not_printed_as_one(hunted, tmp_path):
    """A link or a form that somehow stood in a page: neither is anything the sheets and wordings have."""
    content = pdf.as_pdf(bare("<script>alert(1)</script><p onclick='x'>x</p><iframe srcdoc='x'></iframe>"))
    assert list(faults(content, hunted, tmp_path)) == []


# --- A planted fault turns each proof red -------------------------------------------------------------------------


@pytest.fixture
def permissive(monkeypatch):
    """A fetcher that fetches: WeasyPrint's own."""
    import weasyprint

    weasyprint_itself, fonts, stylesheet, _ = pdf._press()
    fetches = weasyprint.urls.URLFetcher()
    monkeypatch.setattr(pdf, "_press", lambda: (weasyprint_itself, fonts, stylesheet, fetches))


def test_a_fetcher_that_fetches_is_found(hunted, permissive, tmp_path):
    content = printed(
        lambda: pdf.as_pdf(bare(hunted.aim('<img src="{at}"><link rel="attachment" href="file://{file}">')))
    )
    found = "\n".join(faults(content, hunted, tmp_path))
    assert "fetched" in found
    assert "caught" in found
    assert "carries files" in found


def test_a_letter_that_is_not_escaped_is_found(cast, concluded, hunted, monkeypatch):
    """The wording's own engine with escaping switched off: the page is foreign, and the fetcher stops its printing."""
    letter = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    text = hunted.aim('<img src="{at}"> <script>alert(1)</script>')
    actions.edit(letter, {"outcome": text}, by=cast.gwen, seen_version=letter.version)
    monkeypatch.setattr(wording, "Context", partial(wording.Context, autoescape=False))
    page = page_of(Letter.objects.get(pk=letter.pk))
    assert {"img", "script"} <= set(foreign(page))
    with pytest.raises(pdf.Unprintable):
        pdf.as_pdf(page)
    assert hunted.visits == []


def test_a_page_with_a_link_in_it_is_found(hunted, tmp_path):
    found = "\n".join(faults(pdf.as_pdf(bare(hunted.aim("<a href='{at}'>x</a>"))), hunted, tmp_path))
    assert "acts" in found


def test_a_wording_that_is_not_checked_is_found(cast, browse, monkeypatch):
    monkeypatch.setattr("letters.agreed_wording.check", lambda *_: None, raising=False)
    monkeypatch.setattr(wording, "check", lambda *_: None)
    text = wording.national(LetterKind.APPENDIX_2) + "<img src='x'>"
    answer = browse(cast.cass).post(reverse("wording_edit", args=["appendix_2"]), {"text": text, "number": 0})
    assert answer.status_code == 302
