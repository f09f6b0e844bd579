"""What a test takes from a page: its words as a person reads them, and where it leads."""

import re
from html import unescape

from lxml import html


def read(page):
    """The page as a person reads it."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def links(page):
    """The addresses the page itself leads to, without those of its head and foot."""
    return {link.get("href") for link in html.fromstring(page.content).xpath("//main//a[@href]")}
