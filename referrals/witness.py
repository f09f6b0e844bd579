"""What the audit trail calls the records of this room: a kind and a key, never a name.

The advice line is not in it: its notes have a trail of their own (`referrals.advice_trail`), and nothing here may
tell that there is one on a child.
"""

from cases.witness import case, children, files, whole


def dispute(dispute):
    return ("dispute", dispute.key)


def disputes(disputes):
    return [dispute(each) for each in disputes]


def referral(referral):
    return ("referral", referral.key)


def paper_file(file, referral):
    return [*files([file]), *referral_about(referral)]


def referrals(referrals):
    return [referral(each) for each in referrals]


def referral_about(shown, *, with_head=False):
    """A referral with its case and its children; with all of the case's where the head of the case stands above."""
    return [
        referral(shown),
        case(shown.case),
        *(whole(shown.case) if with_head else children(shown.children.all())),
    ]
