"""The files of a referral's papers (PN 3.8, 3.9): the IRO service adds them, those who read the papers open them."""

from django.db import transaction

from accounts import audit
from cases.files import deciding, listing, receiving
from cases.models import StoredFile
from cases.refusal import NotYours
from referrals import access, referring, witness
from referrals.models import PaperFile, ReferralPaper

OURS = "The authority’s IRO service adds the files of a referral’s papers, and strikes them out."


def add(referral, uploads, *, by, paper):
    """Add files to one paper; a paper nobody has answered for yet is then enclosed."""
    if not access.may_add_papers(by, referral):
        raise NotYours(OURS)
    with transaction.atomic(), audit.act(by, "referral.file_added") as act:
        referral = referring.lock(referral)
        present = StoredFile.objects.standing().filter(as_paper__paper=paper)
        with_referral = StoredFile.With.REFERRAL
        files = receiving.take_in(referral.case, uploads, by=by, present=present, kept_with=with_referral)
        for file in files:
            PaperFile.objects.create(authority_id=referral.authority_id, paper=paper, file=file)
        if files:
            _enclosed(referral, paper)
            act.touched(*witness.referral_about(referral), *witness.files(files))
    return files


def _enclosed(referral, paper):
    unanswered = ReferralPaper.objects.filter(pk=paper.pk, answer="")
    if referral.is_draft and unanswered.update(answer=ReferralPaper.Answer.ENCLOSED):
        referring.raise_version(referral)


def strike_out(referral, file, *, by, because):
    """The wrong file: kept, shown struck through, and opened by nobody."""
    if not access.may_add_papers(by, referral):
        raise NotYours(OURS)
    with transaction.atomic(), audit.act(by, "referral.file_struck_out") as act:
        struck = deciding.strike(file, by=by, because=because)
        if act.is_done:
            act.touched(*witness.referral_about(referral))
    return struck


def of(referral, user):
    """The files of its papers, for those who may read them; nobody else learns that there is one."""
    if not access.may_read_account(user, referral):
        return PaperFile.objects.none()
    people = [f"file__{person}" for person in listing.PEOPLE]
    return PaperFile.objects.filter(paper__referral=referral).select_related("paper", "file__case", *people)


def by_paper(referral, user):
    """Each paper that has files, with them as a page shows them."""
    may_strike, found = access.may_add_papers(user, referral), {}
    for kept in of(referral, user).order_by("paper__position", "file__uploaded_at", "pk"):
        row = listing.shown(
            kept.file, page="referral_file", strike_page="referral_file_strike_out", key=referral.key,
            may_strike=may_strike,
        )  # fmt: skip
        found.setdefault(kept.paper, []).append(row)
    return list(found.items())
