"""Given: files that were added and looked at, without a process for each."""

from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.files import admitting, receiving
from cases.files.verdict import PDF, Verdict
from referrals import paperfiles
from tests.cases.files import making


def with_file(case, *, by, event=None, name="report.pdf", found="admitted"):
    """A PDF added to a case; `found` is what becomes of it."""
    [file] = receiving.add(case, [upload(name)], by=by, event=event or case.events.earliest("pk"))
    return _looked_at(file, found)


def with_paper(referral, *, by, name="order.pdf", found="admitted"):
    """A PDF added to the first paper of a referral."""
    [file] = paperfiles.add(referral, [upload(name)], by=by, paper=referral.papers.all()[0])
    return _looked_at(file, found)


def upload(name):
    return SimpleUploadedFile(name, making.pdf(lambda document: document.docinfo.update({"/Title": name})))


def _looked_at(file, found):
    with workbench_saying(found):
        admitting.admit([file.pk])
    return type(file).objects.get(pk=file.pk)


@contextmanager
def workbench_saying(found):
    verdict = Verdict(
        found, PDF, "" if found == "admitted" else "The PDF holds more than paper does: a script."
    )
    kept, admitting.at_the_workbench = admitting.at_the_workbench, lambda *_: verdict
    try:
        yield
    finally:
        admitting.at_the_workbench = kept
