"""A dispute at a browser: its addresses, and a day as its forms send it."""

import uuid

from django.urls import reverse

from tests.cases.steps import day


def on(written):
    """The day as a browser sends it, with the mark that makes each form one press of its button."""
    when = day(written)
    return {"on_day": when.day, "on_month": when.month, "on_year": when.year, "submission": str(uuid.uuid4())}


def do(dispute, act):
    return reverse("dispute_do", args=[dispute.key, act])


def at(dispute):
    return reverse("dispute", args=[dispute.key])
