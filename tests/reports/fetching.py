"""Given: a file that somebody asked for on a page, made as the worker makes it, and fetched."""

import io
import zipfile

from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import tasks
from reports.models import AnswerFile


def fetched(client, asked):
    """What is in the file that this answer leads to."""
    assert asked.status_code == 302, asked.content.decode()[:2000]
    page = asked.headers["Location"]
    file = AnswerFile.objects.get(key=page.rstrip("/").rpartition("/")[2])
    assert "being made" in client.get(page).content.decode()
    tasks.make_files([file.pk])
    file = AnswerFile.objects.get(pk=file.pk)
    assert not file.failed, file.failed
    assert "ready" in client.get(page).content.decode()
    answer = client.post(reverse("answer_file_fetch", args=[file.key]))
    assert answer.status_code == 200
    return answer


def unpacked(answer):
    """The files in a ZIP, by name."""
    return unzipped(io.BytesIO(answer.content))


def unzipped(held):
    with zipfile.ZipFile(held) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def text_of(pdf):
    """The words of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def sheet_of(content):
    """The first sheet of a workbook as rows of what the cells hold."""
    book = load_workbook(io.BytesIO(content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]
