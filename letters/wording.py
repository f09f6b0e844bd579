"""The words of a letter: the national ones are files, an organisation's own are rows, checked alike.

A wording is text with declared fields, `{% if %}`, `{% for %}` and a few elements without attributes. It can
reach nothing else: its engine has no loaders, no libraries and no other tags, and every value is escaped.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import FilterExpression, TextNode, VariableNode, tag_re
from django.template.defaulttags import ForNode, IfNode, TemplateLiteral

from letters.contents import CONTENTS
from letters.kinds import LetterKind

FOLDER = settings.BASE_DIR / "templates" / "letters" / "wording"
LONGEST = 20_000
# Deeper than any letter goes, and far from what printing one can bear.
DEEPEST = 12
ELEMENTS = ("h1", "h2", "p", "ul", "ol", "li", "strong", "br", "table", "thead", "tbody", "tr", "th", "td")
ALLOWED_ELEMENT = re.compile(rf"</?(?:{'|'.join(ELEMENTS)})>")


class WordingEngine(Engine):
    default_builtins = ["letters.wording_language"]


ENGINE = WordingEngine(
    dirs=[], app_dirs=False, loaders=[], libraries={}, autoescape=True, string_if_invalid=""
)


def national(kind):
    """The wording every organisation has until it agrees its own."""
    return (FOLDER / f"{LetterKind(kind).value}.html").read_text(encoding="utf-8")


def national_name(kind):
    return f"National wording {sha256(national(kind).encode()).hexdigest()[:8]}"


def check(kind, text):
    """Raise ValidationError, a sentence for each fault, unless the text is a wording of this letter."""
    contents = CONTENTS[LetterKind(kind)]
    if len(text) > LONGEST:
        raise ValidationError(f"A wording has at most {LONGEST:,} characters; this one has {len(text):,}.")
    faults = _fault_of_elements(text)
    try:
        template = ENGINE.from_string(text)
    except TemplateSyntaxError as fault:
        raise ValidationError([*faults, f"This is not a wording: {_plainly(fault)}."]) from fault
    faults += sorted(set(_undeclared(template.nodelist, contents)))
    unused = sorted(set(contents.must_say) - _names_in(template.nodelist))
    faults += [f"Use the field {name}: this letter must say it." for name in unused]
    if not faults:
        faults += _fault_of_nesting(render(text, contents.sample()))
    if faults:
        raise ValidationError(faults)


def render(text, contents):
    """The wording with this letter's own contents in it, every value escaped."""
    return _compiled(text).render(Context(contents.for_wording()))


@lru_cache(maxsize=64)
def _compiled(text):
    """The same few wordings serve every letter, and each letter is rendered often before it leaves."""
    return ENGINE.from_string(text)


def _plainly(fault):
    words = str(fault)
    if words.startswith(("Invalid block tag", "Invalid filter")):
        found = re.search(r"'([^']*)'", words)
        return f"“{found[1] if found else words}” is not among what a wording may use"
    return words.rstrip(".")


def _fault_of_elements(text):
    bare = ALLOWED_ELEMENT.sub("", tag_re.sub("x", text))
    if "<" in bare:
        around = bare[bare.index("<") :][:30]
        return [
            f"“{around}” is not allowed. A wording may use {', '.join(ELEMENTS)}, without attributes; "
            "write &lt; for the sign itself."
        ]
    return []


def _undeclared(nodes, contents):
    """A sentence for each name that is not a declared field, and for each look inside one."""
    return [fault for use in _uses(nodes, frozenset()) for fault in _faults(use, contents)]


def _names_in(nodes):
    return {use.names[0] for use in _uses(nodes, frozenset()) if use.names}


@dataclass(frozen=True)
class Use:
    """One place where a wording names something: to print it, to go through it, or to ask about it."""

    expression: FilterExpression
    purpose: str
    loop_names: frozenset[str]

    @property
    def names(self):
        return getattr(self.expression.var, "lookups", None) or ()


def _faults(use, contents):
    if not use.names:
        # A literal counts as safe markup in Django's language, so it is never printed.
        if use.purpose != "ask":
            yield "Write words as text, not in quotation marks inside {{ }}."
        return
    name, *inside = use.names
    if inside:
        yield f"Write {{{{ {name} }}}} alone: a wording cannot look inside a field (.{inside[0]})."
    if name not in use.loop_names and name not in contents.declared():
        yield f"“{name}” is not a field of this letter. It has: {', '.join(sorted(contents.declared()))}."
    elif use.purpose == "go through" and (name in use.loop_names or name not in contents.lists()):
        yield f"{name} is not a list, so a wording cannot go through it."
    for _, arguments in use.expression.filters:
        if any(is_a_field for is_a_field, _ in arguments):
            yield f"The filters on {name} take words in quotation marks, not fields."


def _uses(nodes, scope):
    for node in nodes:
        if isinstance(node, VariableNode):
            yield Use(node.filter_expression, "print", scope)
        elif isinstance(node, IfNode):
            for condition, inner in node.conditions_nodelists:
                yield from (Use(expression, "ask", scope) for expression in _conditions(condition))
                yield from _uses(inner, scope)
        elif isinstance(node, ForNode):
            if scope:
                raise ValidationError(
                    "A list cannot be gone through inside another: letters would grow without end."
                )
            yield Use(node.sequence, "go through", scope)
            yield from _uses(node.nodelist_loop, scope | set(node.loopvars))
            yield from _uses(node.nodelist_empty, scope)
        elif not isinstance(node, TextNode):
            raise ValidationError(f"A wording cannot use {type(node).__name__}.")


def _conditions(condition):
    if condition is None:
        return
    if isinstance(condition, TemplateLiteral):
        yield condition.value
    elif isinstance(condition, FilterExpression):
        yield condition
    else:
        yield from _conditions(getattr(condition, "first", None))
        yield from _conditions(getattr(condition, "second", None))


class _Nesting(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.faults, self.deepest = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag):
        if tag == "br":
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes nothing that is open.")


def _fault_of_nesting(html):
    reader = _Nesting()
    reader.feed(html)
    reader.close()
    if reader.deepest > DEEPEST:
        return [f"Its elements stand {reader.deepest} deep in one another; a letter has at most {DEEPEST}."]
    return reader.faults + [f"<{tag}> is never closed." for tag in reader.open]
