"""Asking an address as somebody, and judging the answer against what is published."""

import re
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client

from accounts.audit.models import APPEND_ONLY, AuditEntry
from accounts.models import Session
from tests.doors import come_all_the_way_in

NOWHERE = "/there-is-no-such-page/"
CHANCE = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r'X-CSRFToken": "[^"]*"',
    r'nonce="[^"]*"',
    r' aria-current="page"',
)
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(?P<table>\w+)', re.IGNORECASE)
ENTRIES = AuditEntry._meta.db_table
TRAIL = {*APPEND_ONLY}
SESSIONS = Session._meta.db_table
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")


def without_chance(content):
    """A page without its tokens, and without the mark that says which part of the site the address is in."""
    text = content.decode()
    for pattern in CHANCE:
        text = re.sub(pattern, "", text)
    return text


@dataclass
class Writing:
    """What a request wrote, sessions aside."""

    statements: list = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        if WRITES.match(sql) and SESSIONS not in sql:
            self.statements.append((sql, params))
        return execute(sql, params, many, context)


@dataclass
class Answer:
    method: str
    status: int
    location: str
    text: str
    wrote: list
    response: object

    @property
    def asks_to_sign_in(self):
        return self.status == 302 and "next=" in self.location

    @property
    def entries(self):
        """How many entries the audit trail has been given."""
        return sum(statement.startswith(f'INSERT INTO "{ENTRIES}"') for statement, _ in self.wrote)

    @property
    def changed(self):
        """The tables it changed, the trail's own aside."""
        tables = {WRITES.match(statement)["table"] for statement, _ in self.wrote}
        return sorted(tables - TRAIL)


class Asker:
    """One browser; whatever an answer changed is undone before the next question."""

    def __init__(self, person):
        self.person, self.client = person, Client(raise_request_exception=False)
        if person:
            self.client.force_login(person)
            come_all_the_way_in(self.client, person)
        self.cookies = dict(self.client.cookies)
        self._refusals = {}

    @property
    def refusal(self):
        """How this person is told that something is not there, whether pages are drawn or only named."""
        if Template.render not in self._refusals:
            self._refusals[Template.render] = self.ask("GET", NOWHERE).text
        return self._refusals[Template.render]

    def ask(self, method, url, data=None, keeps=False):
        writing = Writing()
        with transaction.atomic():
            with connection.execute_wrapper(writing):
                response = self._send(method, url, data)
            if not keeps:
                transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        body = b"" if response.streaming else response.content
        text = without_chance(body) if "text" in response.get("Content-Type", "") else ""
        return Answer(
            method, response.status_code, response.get("Location", ""), text, writing.statements, response
        )

    def _send(self, method, url, data):
        if method == "POST":
            return self.client.post(url, data or {})
        return self.client.get(url, data) if method == "GET" else self.client.generic(method, url)


def judged(asker, answer, expected, opens):
    """What is wrong with an answer, or nothing. `expected` is None where the address takes no such method.

    Whoever does not open the page at all may be told just as well that it is not there.
    """
    if expected is None:
        is_fair = answer.status == 405 or (not opens and (answer.status == 404 or answer.asks_to_sign_in))
        return "" if is_fair and not answer.wrote else f"{answer.status} instead of 405"
    if expected:
        is_let_in = answer.status in (200, 302) and not answer.asks_to_sign_in
        return "" if is_let_in else f"WRONG REFUSAL {answer.status} {answer.location}"
    if asker.person is None and not answer.asks_to_sign_in:
        return f"LEAK to nobody {answer.status}"
    if asker.person and answer.status != 404:
        return f"LEAK {answer.status} {answer.location}"
    if answer.wrote:
        return f"CHANGED SOMETHING {answer.wrote[0][0][:60]}"
    is_alike = asker.person is None or answer.method == "HEAD" or answer.text == asker.refusal
    return "" if is_alike else "TELLS that there is something: another 404"
