"""Hostile files through the public door: nothing fetched, nothing run, bombs stopped, and the worker lives on.

Each planted fault at the end makes the same proof fail.
"""

import io
import resource
import time

import pytest
from django.urls import reverse
from PIL import Image

from cases.files import admitting, documents, names, store, verdict, workbench
from cases.files.verdict import Verdict
from cases.models import FileState, StoredFile
from tests.access import quickly
from tests.cases.files import hostile, hostile_pdfs, hostile_pictures, making
from tests.cases.files.listening import beacon
from tests.cases.files.scanning import clamd

pytestmark = pytest.mark.usefixtures("today")
AT_ONCE = 5
MEGABYTE = 1024 * 1024


def aimed(content, at):
    """The same file with the listener's address in it; in a PNG every byte is counted, and it stays."""
    return content if content.startswith(b"\x89PNG") else content.replace(making.BEACON, at.encode())


def faults(expected, files):
    """What is not as it should be, a line each: a file admitted that should not be, or refused for another reason."""
    for name, outcome, why in expected:
        file = files[name]
        if (file.state, bool(file.may_be_opened)) != (outcome, outcome == "admitted"):
            yield f"{name}: {file.state} instead of {outcome} ({file.because})"
        elif why not in file.because:
            yield f"{name}: for another reason: {file.because}"


@pytest.fixture
def sent(case, cast, browse, put):
    """Everything hostile, added by LA legal on the page for it, a few at a time."""
    url, client, expected = reverse("file_add", args=[case.key]), browse(cast.lena), []
    with beacon() as lit:
        waiting = [(name, aimed(content, lit.address), *rest) for name, content, *rest in hostile.every()]
        expected = [(name, outcome, why) for name, _, outcome, why in waiting]
        for at in range(0, len(waiting), AT_ONCE):
            some = [(name, content) for name, content, *_ in waiting[at : at + AT_ONCE]]
            assert put(client, url, *some).status_code == 302
        yield expected, lit


def by_name():
    return {file.name: file for file in StoredFile.objects.all()}


def test_nothing_hostile_is_opened_fetched_or_run_and_the_worker_lives(
    sent, case, cast, browse, put, looked_at, settings, caplog
):
    expected, lit = sent
    assert len(expected) >= 40
    assert len({name for name, *_ in expected}) == len(expected) == len(by_name())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    took = {}
    for file in StoredFile.objects.all():
        began = time.monotonic()
        admitting.admit([file.pk])
        took[file.name] = time.monotonic() - began
    slowest = max(took, key=took.get)
    assert took[slowest] < 20, f"{slowest}: {took[slowest]:.1f} s"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(memory, 512 * 1024)
    found = list(faults(expected, by_name()))
    assert not found, "\n".join(found)
    assert lit.visits == []
    lena = browse(cast.lena)
    with quickly.pages_not_drawn():
        for file in by_name().values():
            opened = lena.get(reverse("file", args=[case.key, file.key]))
            assert opened.status_code == (200 if file.state == FileState.ADMITTED else 404), file.name
    assert put(lena, reverse("file_add", args=[case.key]), ("honest.pdf", making.pdf())).status_code == 302
    looked_at()
    assert by_name()["honest.pdf"].may_be_opened
    assert settings.FILES_DIR.stat().st_mode & 0o077 == 0


def test_a_bomb_is_not_said_in_a_log_by_what_it_is_called(case, added, caplog):
    added(making.pdf(hostile_pdfs.packed_full), name="Amber Example and her address.pdf")
    assert "Amber" not in caplog.text


def test_a_picture_keeps_nothing_but_what_it_shows(added):
    file = added(hostile_pictures.photograph_of_a_place(), name="place.jpg")
    kept = b"".join(store.pieces(file.stored_as))
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (40, 30))
        assert not picture.getexif()
        assert not {"comment", "exif", "icc_profile"} & set(picture.info)
    assert b"telephone" not in kept
    assert file.kept_sha256 != file.sha256
    tail = b"".join(store.pieces(added(making.picture("PNG") + making.HTML, name="tail.png").stored_as))
    assert b"script" not in tail


def test_a_picture_is_turned_the_way_it_was_taken(added):
    exif = Image.Exif()
    exif[0x0112] = 6
    file = added(making.picture(exif=exif), name="on-its-side.jpg")
    with Image.open(store.path(file.stored_as)) as picture:
        assert picture.size == (30, 40)


@pytest.mark.parametrize(("came_as", "called"), hostile.NAMES.items())
def test_a_name_hides_nothing_and_leads_nowhere(came_as, called):
    name = names.cleaned(came_as)
    assert name == called or (called is None and len(name) == names.LONGEST and name.endswith(".pdf"))


def test_whatever_a_file_is_called_it_is_handed_out_as_what_it_is(case, cast, browse, put, looked_at):
    lena, url = browse(cast.lena), reverse("file_add", args=[case.key])
    for number, name in enumerate(hostile.NAMES):
        content = making.pdf(lambda document, number=number: document.docinfo.update({"/Title": str(number)}))
        body = (
            b'--b\r\nContent-Disposition: form-data; name="belongs_to"\r\n\r\nExpert report on contact\r\n'
            b'--b\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n'
            b"Content-Type: text/html\r\n\r\n%s\r\n--b--\r\n" % (name.replace('"', "%22").encode(), content)
        )
        response = lena.post(url, body, content_type="multipart/form-data; boundary=b")
        assert response.status_code in (200, 302), name
    admit_all_in_this_process()
    kept = list(StoredFile.objects.all())
    assert len(kept) >= len(hostile.NAMES) - 3
    for file in kept:
        answer = lena.get(reverse("file", args=[case.key, file.key]))
        header = answer["Content-Disposition"]
        assert header.startswith("attachment; filename")
        assert not set("\r\n\0/\\") & set(header.replace("utf-8''", "")), header
        assert answer["Content-Type"] == "application/pdf"
        assert "set-cookie" not in {name.lower() for name in answer.headers}
        assert store.path(file.stored_as).is_file()


def admit_all_in_this_process(judge=workbench.judge):
    """As the worker does, without a process for each."""
    kept, admitting.at_the_workbench = (
        admitting.at_the_workbench,
        lambda path, new: judge(path, new, 40_000_000),
    )
    try:
        for batch in admitting.batches():
            admitting.admit(batch)
    finally:
        admitting.at_the_workbench = kept


def test_what_the_scanner_finds_is_refused_for_good(case, cast, added, browse, settings):
    with clamd() as scanner:
        settings.FILE_SCANNER, settings.CLAMAV_ADDRESS = "cases.files.scanner.ClamAV", scanner.address
        file = added(infected())
    assert (file.state, file.because) == (
        "refused", "The scanner found something harmful in it: Eicar-Test-Signature.",
    )  # fmt: skip
    assert not store.path(file.stored_as).exists()
    assert browse(cast.lena).get(reverse("file", args=[case.key, file.key])).status_code == 404
    decide = browse(cast.mona).post(
        reverse("file_decide", args=[file.key]), {"decision": "release", "because": "x"}
    )
    assert decide.status_code == 302
    assert StoredFile.objects.get(pk=file.pk).state == "refused"


def infected():
    return making.pdf(hostile_pdfs.with_signature)


def test_more_than_a_form_may_hold_is_not_written_down(case, cast, browse, put, settings):
    settings.FILE_BYTES = 1000
    url, lena = reverse("file_add", args=[case.key]), browse(cast.lena)
    together = put(lena, url, *[(f"{number}.pdf", bytes(2000)) for number in range(4)])
    assert "Together these are too large" in together.content.decode()
    one = put(lena, url, ("one.pdf", bytes(2000)))
    assert "“one.pdf” is larger than" in one.content.decode()
    many = put(lena, url, *[(f"{number}.pdf", bytes(10)) for number in range(6)])
    assert "Add at most 5 files at once" in many.content.decode()
    none = put(lena, url, ("none.pdf", b""))
    assert "“none.pdf” is empty" in none.content.decode()
    assert "Choose a file" in put(lena, url).content.decode()
    assert not StoredFile.objects.exists()
    assert not list(settings.FILES_DIR.rglob("*.*"))


# --- A planted fault turns each proof red -------------------------------------------------------------------------


def outcomes(judge):
    """What a judge of files makes of everything hostile that is small enough for this process."""
    expected, files = [], {}
    for name, content, outcome, why in hostile.every():
        if len(content) < 100_000 and "packed" not in name:
            expected.append((name, outcome, why))
            files[name] = judge(name, content)
    return list(faults(expected, files))


@pytest.fixture
def judge(tmp_path):
    """The workbench's own judgement, in this process."""

    def in_this_process(name, content):
        (tmp_path / "in").write_bytes(content)
        found = workbench.judge(tmp_path / "in", tmp_path / "out", 40_000_000)
        return StoredFile(name=name, state=found.outcome, because=found.because)

    return in_this_process


def test_the_proof_holds_for_the_judge_as_it_is(judge):
    assert outcomes(judge) == []


def test_a_checker_that_admits_everything_is_found(judge, monkeypatch):
    monkeypatch.setattr(workbench, "judge", lambda *_: Verdict("admitted", verdict.PDF))
    assert len(outcomes(judge)) > 40


@pytest.mark.parametrize(
    ("part", "missing", "least"),
    [
        ("_in_dictionary", lambda one: iter(()), 5),
        ("_in_catalog", lambda root: iter(()), 1),
        ("_left_over", lambda raw: iter(()), 2),
        ("_check_stream", lambda stream: None, 1),
    ],
)
def test_a_checker_that_leaves_a_part_out_is_found(judge, monkeypatch, part, missing, least):
    monkeypatch.setattr(documents, part, missing)
    assert len(outcomes(judge)) >= least


def test_pictures_kept_as_they_came_are_found(added, monkeypatch):
    monkeypatch.setattr(admitting, "at_the_workbench", lambda *_: Verdict("admitted", verdict.JPEG))
    kept = b"".join(store.pieces(added(hostile_pictures.photograph_of_a_place(), name="place.jpg").stored_as))
    assert b"telephone" in kept


def test_a_scanner_that_is_not_asked_is_found(added):
    assert added(infected()).may_be_opened


def test_it_is_the_limits_of_its_process_that_stop_a_bomb(added, settings):
    """With less memory an honest picture is stopped as well, with too little time everything is; the worker goes on."""
    large = making.picture("PNG", size=(4000, 3000))
    settings.FILE_MEMORY = 160 * MEGABYTE
    assert "could not be looked at" in added(large, name="large.png").because
    settings.FILE_MEMORY, settings.FILE_SECONDS = 512 * MEGABYTE, 0.01
    assert "could not be looked at" in added(making.pdf()).because
    settings.FILE_SECONDS = 20
    assert added(large + b"again", name="large.png").may_be_opened
