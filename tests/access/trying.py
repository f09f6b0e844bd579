"""Sending what nobody means to send, and judging what comes back."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.access import sending
from tests.access.asking import Asker
from tests.access.bad_values import HEADER, PRODUCT
from tests.access.reading import Form, Page

TRACE = re.compile(r"Traceback \(most recent|Exception Value|\bFile &quot;/|site-packages")
# What is typed here is not given back to whoever looks over a shoulder.
NOT_SHOWN_AGAIN = {"password", "hidden", "radio", "checkbox", "select", "button", "file"}
SHOWN_NEVER = re.compile(r"password|code$|credential")
UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LOOKS_LIKE_MARKUP = re.compile(r"[<\"'&]")


class Trier(Asker):
    """One browser; an answer and the page it leads to, and nothing of it stays."""

    def tries(self, method, url, body=b"", kind="", **headers):
        cache.clear()
        with transaction.atomic():
            answers = [self.client.generic(method, url, body, kind, headers=headers or None)]
            way = urlsplit(answers[0].get("Location", ""))
            if method == "POST" and way.path and not way.netloc:
                answers.append(self.client.get(answers[0]["Location"]))
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        return answers

    def reads(self, url):
        """The page as it is, or None where there is none to read."""
        answer = self.tries("GET", url)[0]
        return Page(answer.content.decode(), url) if _is_page(answer) and answer.status_code == 200 else None


@dataclass
class Found:
    """A form that somebody may send, and where it stands."""

    trier: Trier
    form: Form
    route: str
    names: list

    def sends(self, fields, files=()):
        if self.form.is_multipart or files:
            body, kind = sending.as_multipart(fields, files)
        else:
            body, kind = sending.as_form(fields)
        return self.trier.tries("POST", self.form.action, body, kind)

    def with_bad(self, name, value):
        """The form as it stands on the page, but for one input."""
        one = self.form.inputs[name]
        rest = {other: sent for other, sent in self.form.untouched().items() if other != name}
        if one.kind == "file":
            content = sending.as_bytes(value)
            return self.sends(rest, [(name, value[:200], content)])
        return self.sends({**rest, name: [value]})

    def all_bad(self, values):
        """Every input at once, each with a value of its own."""
        files = [name for name in self.names if self.form.inputs[name].kind == "file"]
        bad = dict(zip(self.names, values, strict=False))
        texts = {name: [value] for name, value in bad.items() if name not in files}
        return self.sends(texts, [(name, bad[name][:200], sending.as_bytes(bad[name])) for name in files])


def route_of(url):
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def _is_page(answer):
    return not answer.streaming and answer.get("Content-Type", "").startswith("text/html")


def faults(answers, value, elements, expects=None):
    """What is wrong with the answers to a bad value; `expects` names the input that a refusal must still show."""
    for answer in answers:
        if answer.status_code >= 500:
            raised = answer.exc_info[1] if getattr(answer, "exc_info", None) else ""
            yield f"{answer.status_code} {type(raised).__name__}: {str(raised)[:160]!r}"
            return
        yield from _in_headers(answer)
        if _is_page(answer):
            yield from _in_page(answer, value, elements, expects)


def unspoken(answers):
    """An answer that a browser's own form never earns: its reader is told nothing of what was wrong."""
    return ["400, and no word about what was typed" for answer in answers if answer.status_code == 400]


def _in_headers(answer):
    for name, said in answer.items():
        if re.search(r"[\r\n\0]", f"{name}{said}") or name.lower() == HEADER.lower():
            yield f"header {name}: {said[:60]!r}"
    if "bad7" in answer.cookies:
        yield "a cookie was set"


def _in_page(answer, value, elements, expects):
    text = answer.content.decode()
    if TRACE.search(text):
        yield "a trace is shown"
    if is_marked(value) and value in text:
        yield "shown as it was sent"
    if PRODUCT in text and PRODUCT not in value:
        yield "a template was worked out"
    page = Page(text, "/")
    yield from page.could_run
    new = (page.elements - elements) | {one for one in page.attributes if "bad7" in one}
    if new:
        yield f"the page has {sorted(new)}"
    if any("bad7" in script for script in page.scripts):
        yield "in a script"
    if expects and answer.status_code == 200 and page.is_refused and not UNSENDABLE.search(value):
        kept = {_line(one) for one in page.typed.get(expects, [])}
        if _line(value) not in kept:
            yield f"lost what was typed in {expects}: {[one[:40] for one in kept]}"


def _line(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_marked(value):
    """Whether it would be markup, if it stood on a page as it is, and nothing of ours looks like it."""
    return "bad7" in value and LOOKS_LIKE_MARKUP.search(value) is not None


def is_shown_again(one):
    return one.kind not in NOT_SHOWN_AGAIN and not SHOWN_NEVER.search(one.name)
