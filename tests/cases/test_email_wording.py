"""E-mails are plain text: what a person reads is what was written."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from cases.models import Notice


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_an_apostrophe_stays_an_apostrophe(kind):
    duty = SimpleNamespace(sentence="The children's guardian must make contact.")
    body = render_to_string(
        f"email/{kind}.txt", {"name": "Nell O'Ember", "duty": duty, "address": "https://x.example"}
    )
    assert "Nell O'Ember" in body
    assert "&#" not in body
