"""Dates as people say them: `on|weekday_date` is "Monday 5 May 2025", `on|short_date` is "Mon 5 May"."""

from django.template import Library
from django.utils.formats import date_format

register = Library()


@register.filter
def weekday_date(day) -> str:
    """People check a date by its weekday; an absent date stays an empty string."""
    return date_format(day, "l j F Y") if day else ""


@register.filter
def short_date(day) -> str:
    return date_format(day, "D j M") if day else ""
