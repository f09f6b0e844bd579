"""Nothing but ids leaves by the ways nobody looks at: logs, tasks, the cache, sessions, addresses, e-mail.

The story is told with odd words for the children and for what was typed about them; then every page is opened, every
clock rung and every notice sent, and the odd words are looked for wherever they have no business to be.
"""

import base64
import re
import zlib

import pytest
from django.contrib.sessions.backends.db import SessionStore as InTheClear

from tests.deployment.left_behind import told_and_read
from tests.deployment.odd_words import NAMES, found

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker):
    """Told once for all tests of this file."""
    with told_and_read(django_db_blocker) as left:
        yield left


def in_the_clear(stored):
    """What anybody could read in a session's row without a key."""
    first = stored.partition(":")[0]
    packed = base64.urlsafe_b64decode(first.lstrip(".") + "=" * (-len(first.lstrip(".")) % 4))
    try:
        return zlib.decompress(packed).decode() if first.startswith(".") else packed.decode(errors="replace")
    except zlib.error:
        return packed.decode(errors="replace")


def test_no_line_of_the_log_names_anybody(left):
    assert left.lines, "The logs were listened to"
    assert not found(left.lines)


def test_tasks_carry_ids_only(left):
    assert len(left.tasks) > 3
    assert not found(left.tasks)


def test_no_address_names_anybody(left):
    assert len(left.addresses) > 100
    assert not found(left.addresses)


def test_the_cache_names_nobody(left):
    assert not found(left.cached)


def test_a_session_in_the_database_can_be_read_by_nobody(left):
    assert left.sessions
    assert not found(map(in_the_clear, left.sessions))
    assert found([in_the_clear(InTheClear().encode({"sought": "Quorwick"}))]), (
        "The test can read what is not sealed"
    )


def test_no_e_mail_names_a_child(left):
    assert len(left.messages) > 5
    assert not found(left.messages)


# --- Pages, by their headers and where they lead ------------------------------------------------------------------


def test_every_page_has_a_strict_policy_and_asks_nothing_of_anybody_else(left):
    assert len(left.headers) > 80
    for page, headers in left.headers.items():
        policy = dict(
            part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'", page
        scripts = policy.get("script-src", policy["default-src"])  # a file that is handed out runs none
        assert re.fullmatch(r"'none'|'self'( 'nonce-[^']+')?", scripts), page
        assert "unsafe" not in headers["Content-Security-Policy"], page
        assert not re.search(r"https?:|\*", headers["Content-Security-Policy"]), page
        assert "camera=()" in headers["Permissions-Policy"], page
        assert headers["X-Frame-Options"] == "DENY", page
        assert headers["X-Content-Type-Options"] == "nosniff", page
        assert headers["Referrer-Policy"] == "same-origin", page
    others = {address for address in left.addresses if re.match(r"(?:https?:)?//", address)}
    assert not others, "A page leads to or loads from somebody else"


# --- A planted fault turns each check red -------------------------------------------------------------------------


def test_a_name_left_anywhere_is_found(left):
    for planted in (left.lines, left.tasks, left.cached, left.messages):
        assert found([*planted, f"Case of {NAMES['amber']}"])
    assert found([*left.addresses, "/children/?words=quorwick"])
