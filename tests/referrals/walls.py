"""The walls of the advice line: every address of the product, opened by everybody, compared without what is chance."""

import re

CHANCE = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r'X-CSRFToken": "[^"]*"',
    r'nonce="[^"]*"',
    r'name="submission" value="[^"]*"',
    r'value="[^"]*" name="submission"',
)


def without_chance(text):
    """A page without its tokens, which are new each time it is drawn."""
    for pattern in CHANCE:
        text = re.sub(pattern, "", text)
    return text
