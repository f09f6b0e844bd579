"""A PDF as it is read: its words in their order, and the structure a screen reader is given."""

import subprocess
from io import BytesIO

import pikepdf


def sheets_of(content):
    """The words of each page."""
    read = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return read.stdout.decode().rstrip("\f").split("\f")


def text_of(content):
    """What it says, its lines run together."""
    return " ".join(" ".join(sheets_of(content)).split())


def opened(content):
    return pikepdf.open(BytesIO(content))


def tags(element, found=None):
    found = [] if found is None else found
    if isinstance(element, pikepdf.Array):
        for one in element:
            tags(one, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element.S))
        if "/K" in element:
            tags(element.K, found)
    return found
