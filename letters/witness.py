"""What the audit trail calls the records of this room: a kind and a key, never a name."""

from cases.witness import case, children
from letters.gather import children_of


def letter(letter):
    return ("letter", letter.key)


def letters(letters):
    return [letter(each) for each in letters]


def about(shown):
    """A letter, with its case, the children it is about and, where it is one of a referral's, that referral."""
    of_referral = [("referral", shown.referral.key)] if shown.referral_id else []
    return [letter(shown), case(shown.case), *children(children_of(shown)), *of_referral]


def wording(version):
    return [("organisation", version.organisation_id), ("wording", version.pk)]
