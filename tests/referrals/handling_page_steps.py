"""A referral as Cafcass handles it at a browser: its addresses, and a form sent on Monday 3 March 2025."""

from uuid import uuid4

DATED_TODAY = {"on_day": "3", "on_month": "3", "on_year": "2025"}


def typed(**answers):
    return {**DATED_TODAY, "submission": str(uuid4()), **answers}


def words(page):
    return " ".join(page.content.decode().split())


def url(referral, act):
    return f"/referrals/{referral.key}/{act}/"
