"""Which module makes which kind of file."""

from importlib import import_module

MAKERS = {
    "annual": "reports.annual.file",
    "case_dump": "reports.exports.dump",
    "export": "reports.exports.file",
    "foi_pack": "reports.foi.pack",
    "inspection": "reports.inspection.pack",
    "statutory": "reports.statutory.file",
}


def maker(kind):
    return import_module(MAKERS[kind]).make
