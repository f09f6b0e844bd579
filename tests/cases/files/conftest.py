"""A case with a court document to which files are added, and a store of their own for each test."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.files import admitting
from cases.models import StoredFile
from tests.cases.conftest import browse, cast, it_is, new, today
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

__all__ = ["browse", "cast", "it_is", "new", "today"]
DOCUMENT = "Expert report on contact"


@pytest.fixture(autouse=True)
def _a_store_of_its_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@chapter(on=TODAY)
def case(cast):
    case = opened(cast, cast.amber, on="2025-02-10")
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber], on=day("2025-02-11"), by=cast.cass, case=case
    )
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber], on=day("2025-02-12"), by=cast.mona)
    happened(case, "document_received", "2025-02-27", document=DOCUMENT, kind="Expert report")
    return case


@pytest.fixture
def put(django_capture_on_commit_callbacks):
    """Sends files to an address as a browser does; what its worker would do at once is left to `looked_at`."""

    def send(client, url, *files, belongs_to=DOCUMENT):
        with django_capture_on_commit_callbacks():
            sent = [SimpleUploadedFile(name, content) for name, content in files]
            return client.post(url, {"belongs_to": belongs_to, "files": sent})

    return send


@pytest.fixture
def looked_at(django_capture_on_commit_callbacks):
    """What the worker does with everything that waits."""

    def look():
        with django_capture_on_commit_callbacks(execute=True):
            for batch in admitting.batches():
                admitting.admit(batch)

    return look


@pytest.fixture
def added(case, cast, browse, put, looked_at):
    """One file added by LA legal and looked at."""

    def add(content, name="report.pdf"):
        response = put(browse(cast.lena), reverse("file_add", args=[case.key]), (name, content))
        assert response.status_code == 302, response.content.decode()[-3000:]
        looked_at()
        return StoredFile.objects.latest("pk")

    return add
