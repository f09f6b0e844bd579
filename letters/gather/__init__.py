"""What a letter says, read from the case and from what its author typed. Nothing is copied until it is sent."""

from letters.gather import of_a_case, of_a_referral
from letters.gather.of_a_case import concluded_on, known_answers, said_before
from letters.gather.of_a_referral import to_one_of
from letters.gather.parts import children_of, first_name, guardian_of, iros_of, latest

__all__ = [
    "children_of", "concluded_on", "contents_of", "first_name", "guardian_of", "iros_of", "known_answers",
    "latest", "said_before", "signatory_of", "to_one_of",
]  # fmt: skip


def contents_of(letter, *, dated, to=None):
    """The contents as they stand today; what is not known yet is empty. `to` is one recipient of several."""
    if letter.referral_id:
        return of_a_referral.contents_of(letter, dated=dated, to=to)
    return of_a_case.contents_of(letter, dated=dated)


def signatory_of(letter):
    kinds = of_a_referral if letter.referral_id else of_a_case
    return kinds.signatory_of(letter)
