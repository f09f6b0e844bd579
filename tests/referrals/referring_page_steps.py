"""A referral at a browser: its addresses, a day as its forms send it, and an account known by its words."""

from django.urls import reverse

from tests.referrals.referring_steps import ACCOUNT

SENT = {"on_day": 3, "on_month": 3, "on_year": 2025}
MARKED = ACCOUNT | {
    "concern": "Marigold concern.",
    "wishes": "Marigold wishes.",
    "sought": "Marigold sought.",
}
PARTS_OF_A_DRAFT = ("referral_screening", "referral_papers", "referral_submit", "referral_discard")


def at(name, referral, *more):
    return reverse(name, args=[referral.key, *more])
