"""The referral to Cafcass Legal as a form to be filled in by hand (REF-24)."""

from dataclasses import dataclass

from letters.contents.sheet import Sheet
from letters.kinds import LetterKind


@dataclass(frozen=True, kw_only=True)
class BlankReferralForm(Sheet):
    """What an IRO is asked who refers on paper. The sheet says where it goes, or leaves lines for it."""

    kind = LetterKind.BLANK_REFERRAL_FORM
    sheet_template = "letters/form_sheet.html"
    must_say = ("documents",)
    documents: tuple[str, ...]
