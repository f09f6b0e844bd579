"""What every page is held to: axe, a phone's width, one main heading and a title of its own.

Axe is most of what a look costs, and most of a page is made as the page before. So each page is first taken apart into
kinds of elements and facts of the whole (`made_of.js`), and axe looks at the kinds that are new, or at everything where
a fact is new. A kind is all that a rule can judge an element by:

- where it stands: its ancestors, each with what follows here, and the width of the screen;
- tag and attributes: by value where a rule reads the value (roles, states, types, languages, autocomplete …), else
  whether they are empty; what an attribute refers to by whether it is there, what it is and whether it has words;
- whether it has a name to be read out, text of its own, labels that are seen and say something; is seen, checked,
  disabled; how far a part of the page scrolls; what a list, a table, a role, what one presses or what scrolls has in it;
- for contrast the colours, sizes and decoration as the browser computed them, whichever rule of a style sheet they
  come from; a picture's alternative by its words; a frame is always new.

Facts are what a rule compares across the page: a title, the main heading, which heading follows which, landmarks there
or doubled with their names, words beside them, ids and access keys that occur twice, and targets too near each other.
Only where no fault was found is anything remembered, by this process alone; other words or more rows of the same kind
are nothing new.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
AXE_AT = f"/static/{AXE.parent.name}/{AXE.name}"
# From where the page came, as one of its own: a browser keeps it and what it compiled, where half a megabyte sent along
# would be read anew by each page. Nothing of it stays on the page.
FETCH_AXE = """address => globalThis.axe ? null : new Promise((done, failed) => {
  const script = document.createElement('script')
  script.onload = () => { script.remove(); done() }
  script.onerror = () => failed(`No axe at ${address}`)
  script.src = address
  document.head.append(script)
}).then(() => null)"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": False,
}
PHONE = {"width": 320, "height": 640}
# How far the page reaches beyond the screen and what reaches there; how it is headed and titled.
AT_A_GLANCE = """() => {
  const width = document.documentElement.clientWidth
  const isTooWide = document.documentElement.scrollWidth > width
  const reaches = e => e.getBoundingClientRect().left + Math.max(e.offsetWidth || 0, e.scrollWidth)
  const wide = isTooWide ? [...document.querySelectorAll('body *')].filter(e => reaches(e) > width + 1) : []
  return {
    beyond: wide.filter(e => ![...e.children].some(inside => wide.includes(inside)))
      .slice(0, 5).map(e => e.outerHTML.slice(0, 160)),
    headings: document.querySelectorAll('h1:not(.letter-preview *)').length,
    title: document.title,
  }
}"""


@cache
def made_of():
    return Path(__file__).with_name("made_of.js").read_text()


class Known:
    """What axe has looked at without finding a fault."""

    def __init__(self):
        self.kinds, self.facts = set(), set()


_by_everybody = Known()


def axe_finds(page, known=_by_everybody):
    made = page.evaluate(made_of())
    kinds, facts = set(made["kinds"]) - known.kinds, set(made["facts"]) - known.facts
    if not (kinds or facts):
        return []
    page.evaluate(FETCH_AXE, AXE_AT)
    what = None if facts else list(kinds)
    violations = page.evaluate("([what, rules]) => look_at(what, rules)", [what, RULES])["violations"]
    if not violations:
        known.kinds |= kinds
        known.facts |= facts
    return [
        f"axe {violation['id']} ({violation['help']}) at "
        + "; ".join(node["html"][:200] for node in violation["nodes"][:3])
        for violation in violations
    ]


def shows_at_a_glance(page, screen):
    page.set_viewport_size(PHONE)
    seen = page.evaluate(AT_A_GLANCE)
    page.set_viewport_size(screen)
    yield from (f"wider than a phone at {html}" for html in seen["beyond"])
    if seen["headings"] != 1:
        yield f"{seen['headings']} main headings"
    if " – " not in seen["title"]:
        yield f"no title of its own: {seen['title']!r}"
