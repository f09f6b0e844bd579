"""What nobody means to send, to everything that takes something: nothing breaks, runs, splits or is lost.

Each input gets a value, and each value goes somewhere: one input at a time where text is typed, and every input of a
form at once. In full every value is sent to every input, and to every variable of an address by GET and by POST.
The forms are read off the pages and the addresses off the URL table, so that a new one is tried by being there.
"""

import re
from contextlib import ExitStack
from itertools import cycle, islice
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.urls import resolve

from accounts.govuk import PARTS
from tests.access import quickly, routes, sending, site, trying
from tests.access.bad_values import LONGEST_IN_AN_ADDRESS, VALUES
from tests.access.hearing import names_looked_for
from tests.access.ledger import THIS_TIME, Ledger
from tests.in_full import IN_FULL

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True, scope="module")
def _quickly():
    """What goes by pairs goes through the doors themselves; in full they are left out, and nothing else is."""
    with ExitStack() as quick:
        quick.enter_context(quickly.no_pdf_drawn())
        quick.enter_context(quickly.no_news())
        if IN_FULL:
            quick.enter_context(quickly.doors_left_out())
            quick.enter_context(quickly.reach_remembered())
        yield


@pytest.fixture(scope="module")
def found(story, django_db_blocker):
    with django_db_blocker.unblock():
        return site.look_round(story, IN_FULL)


@pytest.fixture
def ledger(found):
    return Ledger(found.elements)


def test_there_are_three_hundred_distinct_values():
    assert len(set(VALUES.values())) == len(VALUES) >= 300


def test_every_form_that_is_published_was_found(found, story):
    """Whatever may be sent is sent here; what no page shows a form for is tried as a button without inputs."""
    sent = {entry.route for entry in found.forms.values()}
    published = {page.name for page in site.PAGES.values() if page.writes}
    assert published - sent <= {"sign_in"}, "It is the same address as account_login"
    assert len(list(found.inputs())) > 300


def _alone(ledger, entries):
    """One input at a time, the others as they stand on the page."""
    for entry, name in entries:
        expects = name if trying.is_shown_again(entry.form.inputs[name]) else None
        for [of_value], [value] in ledger.rounds():
            ledger.judges(f"{entry.route} {name} ← {of_value}", entry.with_bad(name, value), value, expects)


TYPED = {"text", "textarea", "email", "tel", "number", "search", "password", "file", "hidden", "date"}


def test_one_input_at_a_time(found, ledger):
    entries = [
        (entry, name)
        for entry, name in found.inputs()
        if entry.form.inputs[name].kind in TYPED
        and not name.endswith(("_day", "_month", "_year", "submission"))
    ]
    _alone(ledger, entries if IN_FULL else entries[::2])
    ledger.tells("One input at a time")


def test_every_input_of_a_form_at_once(found, ledger):
    for entry in found.forms.values():
        for names, values in ledger.rounds(len(entry.names)):
            ledger.judges(
                f"{entry.route} {dict(zip(entry.names, names, strict=True))}", entry.all_bad(values)
            )
    assert ledger.sent == set(THIS_TIME), "A value was not sent"
    ledger.tells("Every input of a form at once")


ENDS_OF_TIME = {
    "the first day": ("1", "1", "0001"),
    "the last day": ("31", "12", "9999"),
    "the day before it": ("30", "12", "9999"),
    "the 31st of February": ("31", "2", "2025"),
    "a leap day that was none": ("29", "2", "1900"),
    "before the calendar changed": ("5", "9", "1752"),
    "beyond the table of bank holidays": ("26", "12", "2061"),
    "the year nought": ("1", "1", "0000"),
}


def test_every_date_at_the_ends_of_time(found, ledger):
    """Dates that are real and that nobody can count from; everything else in the form as it should be."""
    last = ("the last day", ENDS_OF_TIME["the last day"])
    turn = cycle([again for one in ENDS_OF_TIME.items() for again in (last, last, one)])
    for entry in found.forms.values():
        for name in [name.removesuffix("_day") for name in entry.names if name.endswith("_day")]:
            some = ENDS_OF_TIME.items() if IN_FULL else [next(turn)]
            for which, parts in some:
                bad = {f"{name}_{part}": [typed] for part, typed in zip(PARTS, parts, strict=True)}
                answers = entry.sends({**entry.form.untouched(), **bad})
                ledger.judges(f"{entry.route} {name} ← {which}", answers, "/".join(parts))
    ledger.tells("Dates at the ends of time")


def test_what_is_wrong_as_a_whole(found, ledger):
    """Repeated, nested, missing; a file for a text; another type; cut off, too much."""
    for turn, entry in enumerate(found.forms.values()):
        name = next(iter(entry.names), "text")
        bodies = list(sending.bodies(entry.form.untouched(), name).items())
        some = [bodies[turn // 2 % len(bodies)]] if turn % 2 else []
        if re.search(r"_\d", str(entry.names)):
            some += [(what, body) for what, body in bodies if "numbers" in what]
        for what, (body, kind) in bodies if IN_FULL else some:
            answers = entry.trier.tries("POST", entry.form.action, body, kind)
            ledger.judges(f"{entry.route}: {what}", answers, is_a_form=False)
    ledger.tells("Bodies that are wrong as a whole")


def test_every_variable_of_an_address(found, ledger):
    """The others stay as they are, so that what is tried is reached."""
    for name, (trier, url) in sorted(found.addresses().items()):
        parts = resolve(urlsplit(url).path).kwargs
        for part in routes.variables(routes.of(name)):
            for [of_value], [value] in ledger.rounds():
                bad = {**parts, part: sending.quoted(value)[:LONGEST_IN_AN_ADDRESS]}
                for method in ("GET", "POST") if IN_FULL else [("GET", "POST")[len(value) % 2]]:
                    answers = trier.tries(method, routes.filled(routes.of(name), bad))
                    ledger.judges(f"{method} {name} {part} ← {of_value}", answers, value)
    ledger.tells("Variables of addresses")


def test_every_question_of_an_address(found, ledger):
    """Of what its links and forms ask with, what it looks for, and what nobody does; once where it looks for nothing."""
    for route, (trier, url) in found.pages.items():
        heard = _heard(trier, url)
        of_forms = {name for entry in found.forms.values() if entry.route == route for name in entry.names}
        asked = sorted(heard | found.asked.get(route, set()) | of_forms | {"next", "bad7[]", "bad7"})
        for _, values in islice(ledger.rounds(len(asked)), None if heard else 1):
            pairs = [
                f"{name}={sending.quoted(value)[:LONGEST_IN_AN_ADDRESS]}"
                for name, value in zip(asked, values, strict=True)
            ]
            query = "&".join([*pairs, *pairs[:1], "%ff=%ff", "search=%ff", "&&=", "="])
            answers = trier.tries("GET", f"{urlsplit(url).path}?{query}")
            ledger.judges(f"{route} asked from {values[0][:20]!r} on", answers)
            said = b"" if answers[0].streaming else answers[0].content
            shown = [value for value in values if trying.is_marked(value) and sending.as_bytes(value) in said]
            ledger.faults += [f"{route}: shown as it was sent: {value[:60]!r}" for value in shown]
    assert ledger.sent == set(THIS_TIME), "A value was not sent"
    ledger.tells("Questions of addresses")


def _heard(trier, url):
    with names_looked_for() as heard:
        trier.tries("GET", url)
    return heard


def test_what_a_page_looks_for_is_heard(found):
    assert _heard(*found.pages["children"]) >= {"search", "after", "show"}
    assert _heard(*found.pages["board_deadlines"]) >= {"band", "authority", "anything"}
    assert not _heard(*found.pages["restricted_cases"])


# --- A planted fault turns the check red -------------------------------------------------------------------------

# The values that a fault of each kind answers to.
TELLING = {name: value for name, value in VALUES.items() if re.match("(header|markup|huge) [1-4]:", name)}


@pytest.mark.parametrize(
    ("plant", "known_by"),
    [
        ("raises", "500 ZeroDivisionError"),
        ("echoes", "bad7"),
        ("splits", "header X-Planted"),
        ("drops", "400"),
    ],
)
def test_a_planted_fault_is_found(found, story, plant, known_by):
    ledger = Ledger(found.elements, TELLING)
    with override_settings(ROOT_URLCONF="tests.access.planted_urls"):
        planted = site.Site()
        planted.looks_at(found.trier(story.northmoor.cast.iris), f"/planted/{plant}/")
        entries = list(planted.inputs())
        assert [name for _, name in entries] == ["text"]
        _alone(ledger, entries * len(TELLING))
    assert any(known_by in fault for fault in ledger.faults)


def test_a_form_that_loses_what_was_typed_is_found(found, story):
    ledger = Ledger(found.elements, TELLING)
    with override_settings(ROOT_URLCONF="tests.access.planted_urls"):
        planted = site.Site()
        planted.looks_at(found.trier(story.northmoor.cast.iris), "/planted/loses/")
        _alone(ledger, list(planted.inputs()))
    assert any("lost what was typed in text" in fault for fault in ledger.faults)
