"""From contents and wording to the page that is frozen, signed off and printed."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from letters.kinds import LetterKind
from letters.wording import render


def page(contents, wording, *, is_draft=False):
    """The whole letter as one page of HTML."""
    given = {
        "letter": contents,
        "wording": _words(contents, wording),
        "title": title_of(contents),
        "is_draft": is_draft,
    }
    return render_to_string("letters/paper.html", given)


def sheet(contents, wording):
    """The same letter, to stand inside a page of this service."""
    return render_to_string(
        contents.sheet_template, {"letter": contents, "wording": _words(contents, wording)}
    )


def kept_sheet(letter):
    """The sheet as it was sent, cut out of the page that was frozen."""
    begin, end = letter.page.index("<article"), letter.page.index("</article>") + len("</article>")
    return SafeString(letter.page[begin:end])


def title_of(contents):
    """What a reader's software calls the document; it names no child."""
    return ", ".join(filter(None, [LetterKind(contents.kind).label, contents.reference]))


def _words(contents, wording):
    # Safe by construction: a checked wording's own elements, and every value escaped.
    return SafeString(render(wording, contents))
