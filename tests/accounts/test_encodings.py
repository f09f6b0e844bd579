"""What a request says of its own bytes is not believed further than UTF-8."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from config.encodings import in_utf_8

pytestmark = pytest.mark.django_db


def answered(kind):
    """The type is read whatever the method."""
    said = []
    environ = RequestFactory().get("/health").environ | {"CONTENT_TYPE": kind}
    b"".join(in_utf_8(get_wsgi_application())(environ, lambda status, headers: said.append(status)))
    return said[0][:3]


@pytest.mark.parametrize("name", ["rot13", "base64", "hex", "utf-16", "utf-7", "bad7", '"ROT13"'])
def test_a_form_in_another_encoding_than_ours_is_not_understood(name):
    """Some are codecs of Python's and no encodings of text: Django fails on them before anything of ours is asked."""
    assert answered(f"multipart/form-data; boundary=x; charset={name}") == "400"


@pytest.mark.parametrize("end", ["", "; charset=UTF-8", '; charset="utf-8"', "; charset="])
def test_a_form_that_names_ours_or_none_is_served(end):
    assert answered("application/x-www-form-urlencoded" + end) == "200"
