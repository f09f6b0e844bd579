"""What each letter says: one dataclass a letter, holding the only fields its wording may use.

`Sheet` is what every letter has around its wording: letterhead, addressee, date, signature, copies. The
sheet itself draws that, so no replaced wording can lose it. `must_say` names what every wording must use.
"""

from letters.contents.blank_form import BlankReferralForm
from letters.contents.of_a_case import Appendix1, Appendix2, IroNamed, ToTheChildOlder, ToTheChildYounger
from letters.contents.of_a_referral import (
    DecisionReport,
    DelayLetter,
    FinalReport,
    LaLegalNotice,
    ProgressNote,
)

CONTENTS = {
    each.kind: each
    for each in (
        Appendix1, Appendix2, ToTheChildYounger, ToTheChildOlder, IroNamed, LaLegalNotice, DelayLetter,
        DecisionReport, ProgressNote, FinalReport, BlankReferralForm,
    )
}  # fmt: skip

__all__ = ["CONTENTS", "BlankReferralForm"]
