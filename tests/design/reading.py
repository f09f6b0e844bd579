"""A form as a browser gets it, read as HTML."""

from crispy_forms.utils import render_crispy_form
from lxml import html


def drawn(form):
    return html.fromstring(f"<main>{render_crispy_form(form, context={'csrf_token': 'token'})}</main>")


def only(tree, path):
    found = tree.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)} found"
    return found[0]


def text(element):
    return " ".join(element.text_content().split())
