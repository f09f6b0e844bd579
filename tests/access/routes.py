"""Every address of the product, as the resolver knows it, and what of it varies."""

import re
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


def every(patterns=None, before=""):
    """Every address of the product by name, as the resolver knows it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + re.sub(r"^\^", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from every(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, route


@cache
def of(name):
    return next(route for other, route in every() if other == name)


def variables(route):
    return VARIABLE.findall(route)


def filled(route, parts):
    """The address of a route, whatever is in its parts."""
    return "/" + VARIABLE.sub(lambda found: str(parts[found[1]]), route)
