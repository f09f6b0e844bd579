"""What nobody means to send, in what a browser sends by itself: headers, cookies and tokens. The doors are the real ones.

Each header and each cookie gets some of the values, in full all of them.
"""

import pytest
from django.urls import reverse

from tests.access import quickly, sending, trying
from tests.access.ledger import Ledger

pytestmark = [pytest.mark.django_db]
HEADERS = (
    "Referer", "User-Agent", "Accept-Language", "Accept", "X-Forwarded-For", "Forwarded", "X-Request-ID", "Origin",
    "HX-Request", "HX-Current-URL", "HX-Target", "Range", "If-None-Match", "If-Modified-Since", "Authorization", "Cookie",
    "Content-Language", "X-HTTP-Method-Override", "X-CSRFToken", "X-Forwarded-Host", "X-Forwarded-Proto", "Sec-Fetch-Site",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _quickly():
    with quickly.no_news():
        yield


@pytest.fixture
def iris(story):
    return trying.Trier(story.northmoor.cast.iris)


@pytest.fixture
def nobody():
    return trying.Trier(None)


@pytest.fixture
def ledger(iris, nobody):
    pages = [iris.reads("/"), iris.reads(reverse("case_new")), nobody.reads(reverse("sign_in"))]
    return Ledger(set().union(*[page.elements for page in pages]))


def test_the_headers_of_a_request(iris, nobody, ledger):
    """As a server hands them on: bytes, none of them the end of a line."""
    places = [(iris, "GET", "/"), (iris, "POST", reverse("case_new")), (nobody, "GET", reverse("sign_in"))]
    for header in HEADERS:
        for number, ([of_value], [value]) in enumerate(ledger.rounds(few=2)):
            trier, method, url = places[number % len(places)]
            said = sending.as_bytes(value)[:8_000].decode("latin-1")
            said = said.replace("\r", " ").replace("\n", " ").replace("\0", " ")
            answers = trier.tries(method, url, **{header: said})
            ledger.judges(f"{url} {header} ← {of_value}", answers, value, is_a_form=False)
    ledger.tells("Headers")


def test_cookies_and_tokens(iris, ledger):
    iris.client.handler.enforce_csrf_checks = True
    for cookie in ("sessionid", "csrftoken", "messages", "known_browser", "django_language"):
        for [of_value], [value] in ledger.rounds(few=12):
            for method, url in (("GET", "/"), ("POST", reverse("sign_in"))):
                iris.client.cookies[cookie] = sending.quoted(value)[:4_000]
                body, kind = sending.as_form(
                    {"csrfmiddlewaretoken": [value], "login": ["a@b.org"], "password": ["x"]}
                )
                ledger.judges(
                    f"{cookie} ← {of_value}", iris.tries(method, url, body, kind), value, is_a_form=False
                )
    ledger.tells("Cookies and tokens")
