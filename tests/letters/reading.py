"""Pages and letters as a person reads them."""

import re
from html import unescape


def words(response):
    return plain(re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL))


def plain(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
