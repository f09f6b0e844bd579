"""Files of a case's documents and of a referral's papers, on the pages for them: added, opened, decided on, struck out."""

import re
import stat

import pytest
from django.urls import reverse

from cases.actions import correct
from cases.files import admitting, deciding, store
from cases.models import FileState, HeldFor, StoredFile
from cases.refusal import NotYours, Refusal, Stale
from referrals import paperfiles, referring
from referrals.models import PaperFile
from tests.cases.files import hostile_pdfs, making
from tests.cases.files.conftest import DOCUMENT
from tests.referrals import referring_steps

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def admits(monkeypatch):
    """A workbench that says what it is told, and starts no process."""

    def say(outcome="admitted", because=""):
        verdict = admitting.Verdict(outcome, "application/pdf", because)
        monkeypatch.setattr(admitting, "at_the_workbench", lambda *_: verdict)

    say()
    return say


def text(response):
    words = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(words.replace("&quot;", '"').split())


def page(client, case):
    return text(client.get(reverse("documents", args=[case.key])))


# --- A case's documents -------------------------------------------------------------------------------------------


def test_a_file_waits_then_it_is_there_for_everybody_who_sees_the_case(
    case, cast, browse, put, looked_at, admits, new
):
    lena, gwen, url = browse(cast.lena), browse(cast.gwen), reverse("file_add", args=[case.key])
    assert "Add a file" in page(lena, case)
    assert "Add a file" not in page(gwen, case)
    new()
    put(lena, url, ("The report.pdf", making.pdf()))
    file = StoredFile.objects.get()
    [(entry, records)] = new()
    assert (entry.verb, entry.who) == ("file.added", cast.lena)
    assert records == {("file", file.key), ("case", case.key), ("child", cast.amber.key)}
    assert "Being looked at" in page(gwen, case)
    address = reverse("file", args=[case.key, file.key])
    assert gwen.get(address).status_code == 404
    new()
    looked_at()
    [(entry, _)] = new()
    assert (entry.verb, entry.who) == ("file.admitted", None)
    assert "The report.pdf" in page(gwen, case)
    new()
    answer = gwen.get(address)
    [(entry, records)] = new()
    assert (entry.act, entry.verb, entry.who) == ("read", "file", cast.gwen)
    assert ("file", file.key) in records
    assert b"".join(answer.streaming_content) == making.pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="The report.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert browse(cast.stranger).get(address).status_code == 404


def test_it_lies_outside_what_the_web_serves_under_a_name_nobody_guesses(added, admits, settings):
    file = added(making.pdf())
    where = store.path(file.stored_as)
    assert settings.FILES_DIR in where.parents
    assert str(settings.STATIC_ROOT) not in str(where)
    assert re.fullmatch(r"[0-9a-f]{64}", file.stored_as)
    assert stat.S_IMODE(where.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (where.parent, settings.FILES_DIR)} == {0o700}
    for name in ("../" + file.stored_as, file.stored_as[:-1], "/etc/passwd", ""):
        with pytest.raises(LookupError):
            store.path(name)


def test_the_same_file_twice_is_there_once(case, cast, browse, put, admits):
    lena, url = browse(cast.lena), reverse("file_add", args=[case.key])
    for _ in range(2):
        answer = put(lena, url, ("report.pdf", making.pdf()))
        assert answer.status_code == 302
    assert StoredFile.objects.count() == 1
    assert "Nothing was added twice" in page(lena, case)


def test_a_mistake_keeps_what_was_chosen_and_nothing_is_written(case, cast, browse, put, settings):
    lena, url = browse(cast.lena), reverse("file_add", args=[case.key])
    answer = put(lena, url, ("empty.pdf", b""))
    assert "“empty.pdf” is empty" in text(answer)
    assert re.search(rf'value="{DOCUMENT}"[^>]*checked', answer.content.decode())
    assert "Choose which it is" in text(put(lena, url, ("x.pdf", making.pdf()), belongs_to="Another"))
    assert not StoredFile.objects.exists()
    assert not settings.FILES_DIR.exists()


def test_whoever_may_not_record_the_document_may_not_add_its_file(case, cast, browse, put):
    for person in (cast.gwen, cast.cass, cast.stranger):
        answer = put(browse(person), reverse("file_add", args=[case.key]), ("x.pdf", making.pdf()))
        assert answer.status_code == 404


def test_a_file_stays_where_it_was_when_its_document_is_corrected(case, cast, browse, added, admits):
    added(making.pdf())
    correct(case.events.get(happening="document_received"), by=cast.lena, reason="Another case’s.")
    shown = page(browse(cast.lena), case)
    assert "Files of documents that were corrected" in shown
    assert "report.pdf" in shown


def test_a_wrong_file_is_struck_out_with_a_reason_and_kept(case, cast, browse, added, admits, new):
    file = added(making.pdf())
    lena, url = browse(cast.lena), reverse("file_strike_out", args=[case.key, file.key])
    assert "Say why this file is struck out" in text(lena.post(url, {"because": " "}))
    new()
    for _ in range(2):
        assert lena.post(url, {"because": "It is about another child."}).status_code == 302
    assert [entry.verb for entry, _ in new()] == ["file.struck_out"]
    assert "Struck out by Lena Legal" in page(lena, case)
    assert lena.get(reverse("file", args=[case.key, file.key])).status_code == 404
    assert store.path(StoredFile.objects.get().stored_as).exists()
    with pytest.raises(NotYours):
        deciding.strike_out(file, by=cast.gwen, because="x")


# --- What is held -------------------------------------------------------------------------------------------------


def test_the_iro_manager_releases_or_refuses_what_is_held(case, cast, browse, added, admits, new):
    admits("held", "The PDF holds more than paper does: a script.")
    first, second = added(making.pdf()), added(making.pdf(hostile_pdfs.attached), name="second.pdf")
    mona, held = browse(cast.mona), reverse("held_files")
    new()
    shown = text(mona.get(held))
    [(entry, records)] = new()
    assert entry.act == "listed"
    assert {("file", first.key), ("file", second.key)} <= records
    assert "report.pdf" in shown
    assert "a script" in shown
    assert "scanned by nobody" in shown
    assert browse(cast.iris).get(held).status_code == 404
    decide = reverse("file_decide", args=[first.key])
    assert browse(cast.stranger).get(decide).status_code == 404
    unsaid = mona.post(decide, {"decision": "release", "because": ""})
    assert "Say why" in text(unsaid)
    assert re.search(r'value="release"[^>]*checked', unsaid.content.decode())
    new()
    for _ in range(2):
        assert (
            mona.post(decide, {"decision": "release", "because": "The court’s own form."}).status_code == 302
        )
    assert [entry.verb for entry, _ in new()] == ["file.released"]
    assert browse(cast.gwen).get(reverse("file", args=[case.key, first.key])).status_code == 200
    mona.post(reverse("file_decide", args=[second.key]), {"decision": "refuse", "because": "Ask for a scan."})
    assert browse(cast.gwen).get(reverse("file", args=[case.key, second.key])).status_code == 404
    assert "Released by Mona Manager" in page(mona, case)
    assert "Refused by Mona Manager" in page(mona, case)
    assert "No file is held" in text(mona.get(held))


def test_two_who_decide_at_once_are_told_of_each_other(cast, added, admits):
    admits("held", "A script.")
    file = added(making.pdf())
    deciding.refuse(file, by=cast.mona, because="No.")
    with pytest.raises(Stale):
        deciding.release(file, by=cast.mona, because="Yes.")
    for person in (cast.iris, cast.lena, cast.stranger):
        with pytest.raises(NotYours):
            deciding.release(file, by=person, because="Yes.")


def test_what_the_scanner_has_not_seen_is_nobodys_to_release(cast, added, admits):
    admits("held", "A script.")
    file = added(making.pdf())
    file.held_for = HeldFor.SCANNER
    with pytest.raises(Refusal, match="scanner has not looked"):
        deciding.release(file, by=cast.mona, because="Yes.")


# --- A worker that dies -------------------------------------------------------------------------------------------


def test_what_kills_its_worker_three_times_is_refused(case, cast, browse, put, monkeypatch, it_is):
    put(browse(cast.lena), reverse("file_add", args=[case.key]), ("x.pdf", making.pdf()))

    def dies(*_):
        raise OSError("The worker is gone.")

    monkeypatch.setattr(admitting, "at_the_workbench", dies)
    for minute in (0, 10, 20, 30):
        it_is("2025-03-03", at=f"13:{minute:02}")
        for batch in admitting.batches():
            admitting.admit(batch)
    file = StoredFile.objects.get()
    assert (file.state, file.tries) == (FileState.REFUSED, 4)


def test_a_file_that_is_being_looked_at_is_nobody_elses(case, cast, browse, put, admits):
    put(browse(cast.lena), reverse("file_add", args=[case.key]), ("x.pdf", making.pdf()))
    [batch] = admitting.batches()
    StoredFile.objects.update(claimed_at=admitting.timezone.now())
    assert admitting.batches() == []
    admitting.admit(batch)
    assert StoredFile.objects.get().state == FileState.WAITING


# --- A referral's papers ------------------------------------------------------------------------------------------


@pytest.fixture
def draft(cast, case):
    return referring_steps.begun(cast, case)


def with_paper(client, put, referral, looked_at, content=None):
    paper = referral.papers.all()[0]
    url = reverse("referral_file_add", args=[referral.key])
    answer = put(client, url, ("order.pdf", content or making.pdf()), belongs_to=str(paper.pk))
    assert answer.status_code == 302, text(answer)
    looked_at()
    return paper, StoredFile.objects.latest("pk")


def test_a_paper_is_for_those_who_read_the_referral_and_not_for_all_who_see_the_case(
    case, cast, draft, browse, put, looked_at, admits, new
):
    new()
    iris = browse(cast.iris)
    paper, file = with_paper(iris, put, draft, looked_at)
    assert [entry.verb for entry, _ in new()] == ["referral.file_added", "file.admitted"]
    paper.refresh_from_db()
    assert paper.answer == "enclosed"
    address = reverse("referral_file", args=[draft.key, file.key])
    assert iris.get(address).status_code == 200
    assert "order.pdf" in text(iris.get(reverse("referral_papers", args=[draft.key])))
    for person in (cast.lena, cast.gwen, cast.lex):
        assert browse(person).get(address).status_code == 404
    assert iris.get(reverse("file", args=[case.key, file.key])).status_code == 404
    assert "order.pdf" not in page(iris, case)
    referring_steps.screened(draft, cast.iris)
    referring_steps.written(draft, cast.iris)
    referring_steps.papers_answered(draft, cast.iris)
    referring.submit(referring_steps.again(draft), by=cast.iris, on=file.uploaded_at.date())
    for person, seen in (
        (cast.lex, 200),
        (cast.mona, 200),
        (cast.lena, 404),
        (cast.gwen, 404),
        (cast.sol, 404),
    ):
        assert browse(person).get(address).status_code == seen, person.name
    shown = reverse("referral", args=[draft.key])
    assert "order.pdf" in text(browse(cast.lex).get(shown))
    assert "order.pdf" not in text(browse(cast.lena).get(shown))


def test_a_paper_is_struck_out_and_a_discarded_draft_takes_its_papers_out_of_reach(
    cast, draft, browse, put, looked_at, admits, new
):
    iris = browse(cast.iris)
    paper, file = with_paper(iris, put, draft, looked_at)
    new()
    url = reverse("referral_file_strike_out", args=[draft.key, file.key])
    for _ in range(2):
        assert iris.post(url, {"because": "The wrong order."}).status_code == 302
    assert [entry.verb for entry, _ in new()] == ["referral.file_struck_out"]
    _, another = with_paper(iris, put, draft, looked_at, making.pdf(hostile_pdfs.attached))
    assert len(paperfiles.of(draft, cast.iris)) == 2
    new()
    referring.discard(referring_steps.again(draft), by=cast.iris)
    assert [entry.verb for entry, _ in new()] == ["referral.discarded"]
    assert not PaperFile.objects.exists()
    another.refresh_from_db()
    assert another.is_struck
    assert store.path(another.stored_as).exists()
    with pytest.raises(NotYours):
        paperfiles.add(draft, [], by=cast.lena, paper=paper)
