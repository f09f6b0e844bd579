"""Which module makes which kind of file."""

from importlib import import_module

MAKERS = {
    "foi_pack": "reports.foi.pack",
}


def maker(kind):
    return import_module(MAKERS[kind]).make
