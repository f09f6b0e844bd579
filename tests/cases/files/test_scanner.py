"""The port to ClamAV, over TCP and over a socket of its machine; what it has not seen is held, and asked about again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone

from cases.files import scanner
from cases.models import StoredFile
from tests.cases.files import making
from tests.cases.files.scanning import clamd

CLAMAV = "cases.files.scanner.ClamAV"


@pytest.fixture(params=["tcp", "unix"])
def clam(request, settings, tmp_path):
    with clamd(tmp_path / "c" if request.param == "unix" else None) as listening:
        settings.FILE_SCANNER, settings.CLAMAV_ADDRESS, settings.CLAMAV_SECONDS = (
            CLAMAV,
            listening.address,
            0.3,
        )
        yield listening


def test_it_finds_the_signature_wherever_the_pieces_are_cut(clam):
    port = scanner.scanner()
    assert port.found([making.EICAR[:20], making.EICAR[20:]]) == "Eicar-Test-Signature"
    assert port.found([b"x" * 70_000, b"y"]) == ""
    assert port.found([]) == ""


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK and more\0", b"\xff\0"]
)
def test_an_answer_that_is_neither_yes_nor_no_is_silence(clam, answer):
    clam.answer = answer
    with pytest.raises(scanner.Silent):
        scanner.scanner().found([b"x"])


def test_nobody_there_is_silence(settings, tmp_path):
    for address in ("tcp://127.0.0.1:1", f"unix://{tmp_path}/nobody"):
        settings.CLAMAV_ADDRESS = address
        with pytest.raises(scanner.Silent):
            scanner.ClamAV().found([b"x"])


@pytest.mark.usefixtures("today")
def test_a_file_is_held_while_the_scanner_is_silent_and_nobody_can_release_it(
    clam, added, looked_at, case, cast, browse
):
    clam.answer = b""
    file = added(making.pdf())
    assert (file.state, file.held_for) == ("held", "scanner")
    mona, decide = browse(cast.mona), reverse("file_decide", args=[file.key])
    assert "Release it" not in mona.get(decide).content.decode()
    mona.post(decide, {"decision": "release", "because": "In a hurry."})
    assert StoredFile.objects.get(pk=file.pk).state == "held"
    assert mona.get(reverse("file", args=[case.key, file.key])).status_code == 404
    clam.answer = None
    looked_at()
    assert StoredFile.objects.get(pk=file.pk).state == "held", "It is not asked again at once."
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        looked_at()
    file = StoredFile.objects.get(pk=file.pk)
    assert (file.state, file.scanned_by) == ("admitted", "ClamAV")


def test_without_a_scanner_the_check_before_a_deployment_says_so_aloud(settings):
    assert "NOTHING IS SCANNED" in said()
    settings.FILE_SCANNER = CLAMAV
    assert "NOTHING IS SCANNED" not in said()


def said():
    return " ".join(found.msg for found in run_checks(include_deployment_checks=True))
