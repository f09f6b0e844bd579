"""Bars for the numbers of a table: a picture with words for whoever does not see it, and the table stays under it."""

from django.template import Library
from django.utils.html import format_html, format_html_join

register = Library()
WIDTH, HEIGHT, GAP, LABELS = 620, 18, 8, 270


@register.simple_tag
def bars(table):
    """As SVG without a style of its own, so that a strict policy lets it through and a printer draws it.

    A number that is not published has no bar, and its row says so.
    """
    most = max((number for number in table["numbers"] if number is not None), default=0) or 1
    drawn = format_html_join(
        "",
        '<text x="0" y="{}" font-size="13" fill="#0b0c0c">{}</text><rect x="{}" y="{}" width="{}" height="{}" '
        'fill="#12303f"></rect><text x="{}" y="{}" font-size="13" fill="#0b0c0c">{}</text>',
        (_bar(place, row, number, most) for place, (row, number) in enumerate(_pairs(table))),
    )
    return format_html(
        '<svg class="app-bars" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}" '
        'font-family="Liberation Sans, Arial, sans-serif">{}</svg>',
        table["picture"], WIDTH, _height(table), WIDTH, _height(table), drawn,
    )  # fmt: skip


def _pairs(table):
    return zip(table["rows"], table["numbers"], strict=True)


def _height(table):
    return len(table["numbers"]) * (HEIGHT + GAP)


def _bar(place, row, number, most):
    top = place * (HEIGHT + GAP)
    length = round((WIDTH - LABELS - 60) * (number or 0) / most)
    said = row[1] if number is None else number
    return top + 14, _short(row[0]), LABELS, top, length, HEIGHT, LABELS + length + 6, top + 14, said


def _short(label):
    return label if len(label) <= 40 else f"{label[:39]}…"
