"""The walls of the advice line: every address of the product, opened by everybody, compared without what is chance."""

import re
from dataclasses import dataclass, field
from itertools import product

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from accounts.models import Organisation, User
from accounts.roles import ROLES_IN, OrganisationKind, PersonRole
from cases.models import Deadline, Event, Matter
from referrals.models import Dispute
from tests.rows import told

CHANCE = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r'X-CSRFToken": "[^"]*"',
    r'nonce="[^"]*"',
    r'value="[0-9a-f]{8}-[0-9a-f-]{27}"',
)
OF_THE_LINE = {"AdviceNote", "AdviceAddition", "AdviceTrace", "AdviceChain", "Disclosure", "Withholding"}
OWN_TABLES = OF_THE_LINE | {"Session"}
LINE = [apps.get_model("referrals", name)._meta.db_table for name in sorted(OF_THE_LINE)]
NOBODY = "Nobody signed in"
SEARCHED = ("/cases/", "/children/")


def without_chance(text):
    """A page without its tokens, which are new each time it is drawn."""
    for pattern in CHANCE:
        text = re.sub(pattern, "", text)
    return text


@dataclass(frozen=True)
class Seen:
    """What an address answered to somebody: with what, and after how many questions to the database.

    Where none of them was put to a table of the line, and all else that is stored is the same, the answer is too.
    """

    status: int
    text: str
    where: str
    queries: int
    asks_the_line: bool = field(compare=False)


# --- Who opens ---------------------------------------------------------------------------------------------------


def everybody(cast):
    """The cast, and somebody of every role in every organisation that has it."""
    organisations = [cast.northmoor, cast.cafcass, cast.cafcass_legal, _voluntary()]
    for organisation in organisations:
        for role in sorted(ROLES_IN[organisation.kind]):
            if not organisation.people.filter(role=role).exists():
                _person(role, organisation)
    return list(User.objects.order_by("pk"))


def outsiders(people):
    """One of each role in each organisation but Cafcass Legal, and somebody who has not signed in."""
    one_of_each = {(person.role, person.organisation_id): person for person in reversed(people)}
    return [None, *(one for one in one_of_each.values() if one.role != PersonRole.CAFCASS_LEGAL)]


def _voluntary():
    found, _ = Organisation.objects.get_or_create(
        name="Hearthside Homes (invented)", kind=OrganisationKind.VOLUNTARY
    )
    return found


def _person(role, organisation):
    User.objects.create_user(
        f"{role}-{organisation.pk}@example.org", name=f"{role} of {organisation.pk}", role=role,
        organisation=organisation,
    )  # fmt: skip


# --- What is opened ----------------------------------------------------------------------------------------------


def addresses(cast, story, referral, note_key):
    """Every named address of the product, its variable parts filled with examples of the story.

    But the link for choosing a password, which is spent by whoever signs in, and the pages of the second factor, which
    make a new secret for whoever opens them.
    """
    for name, route in _routes(get_resolver().url_patterns):
        if "<token>" in route or route.startswith("second-factor/"):
            continue
        if "<letter_key>" in route:
            route = route.replace("<key>", story.case.key)
        parts = re.findall(r"<[^>]+>", route)
        choices = [_examples(part, route, name, cast, story, referral, note_key) for part in parts]
        for chosen in product(*choices):
            filled = route
            for part, value in zip(parts, chosen, strict=True):
                filled = filled.replace(part, str(value), 1)
            yield f"/{filled}"


def _routes(patterns, before=""):
    for pattern in patterns:
        route = before + re.sub(r"^\^", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif pattern.name:
            yield pattern.name, route


def _examples(part, route, name, cast, story, referral, note_key):
    if part == "<int:pk>":
        return [_row_of(route, cast, story)]
    if part == "<name>":
        return ["tried"] if "screening" in route else ["concern", "account"]
    found = {
        "<key>": [cast.coral.key if route.startswith("children") else referral.case.key],
        "<referral_key>": [referral.key],
        "<dispute_key>": [Dispute.objects.get().key],
        "<uuid:pk>": [note_key],
        "<letter_key>": [story.letter.key],
        "<happening>": _happenings(name),
        "<role>": ["iro"],
        "<duty_id>": ["REF-27"],
        "<kind>": ["appendix_2"],
        "<what>": ["disputes"],
        "<act>": ["escalate", "climb", "answer", "resolve", "withdraw"],
        "<on>": ["2025-12-11"],
        "<int:change>": [1],
        "<file_key>": ["NOTHERE234"],
        "<certificate_key>": ["NOTHERE234"],
        "<restriction_key>": ["NOTHERE234"],
    }
    assert part in found, f"/{route} ({name}): give the walls an example of {part}"
    return found[part]


def _happenings(name):
    return {
        "record_for_child": ["became_looked_after"],
        "dispute_act": ["dispute_answered"],
        "referral_act": ["referral_allocated", "referral_withdrawn"],
    }.get(name, ["contact", "advice_sought", "advice_disclosed", "referral_withdrawn"])


def _row_of(route, cast, story):
    found = {
        "children/<key>/events": cast.coral.events.filter(case=None).latest("pk").pk,
        "cases/<key>/events": Event.objects.filter(case=story.corals).latest("pk").pk,
        "deadlines": Deadline.objects.filter(case=story.corals).latest("pk").pk,
        "matters": Matter.objects.first().pk,
        "agreements": story.agreement.pk,
        "people": cast.iris.pk,
    }
    return next((pk for start, pk in found.items() if route.startswith(start)), 1)


# --- Opening -----------------------------------------------------------------------------------------------------


def named(person):
    return person.name if person else NOBODY


def crawl(people, urls):
    """What everybody is answered everywhere."""
    return walk((person, urls) for person in people)


def walk(rounds):
    """What each person is answered where they are sent: to an address, or to search there for a word written after it.

    That they looked is undone: the next would read of it.
    """
    seen = {}
    for person, places in rounds:
        with transaction.atomic():
            seen |= _visit(person, places)
            transaction.set_rollback(True)
    return seen


def searches(words):
    return [f"{url} {word}" for url, word in product(SEARCHED, words)]


def _visit(person, places):
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    client.get("/nothing/is/here/")
    return {(named(person), place): _seek(client, *place.split(" ")) for place in places}


def _seek(client, url, word=None):
    if word is None:
        return _open(client, url)
    client.post(url, {"words": word})
    return _open(client, f"{url}?search=1")


class Asked:
    """Counts the questions put to the database, and knows whether one was put to a table of the line."""

    def __init__(self):
        self.times, self.the_line = 0, False

    def __call__(self, execute, sql, params, many, context):
        self.times += 1
        self.the_line = self.the_line or any(table in sql for table in LINE)
        return execute(sql, params, many, context)


def _open(client, url):
    asked = Asked()
    with connection.execute_wrapper(asked):
        answer = client.get(url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = "PDF" if answer.get("Content-Type") == "application/pdf" else without_chance(body.decode())
    return Seen(answer.status_code, text, answer.get("Location", ""), asked.times, asked.the_line)


def changed(before, after):
    """Where something is no longer answered as before: more, less, elsewhere, or after more questions asked."""
    return sorted(place for place in before if before[place] != after[place])


def leaks(seen, markers):
    """Where a marker word stands."""
    return sorted(
        place for place, found in seen.items() for marker in markers if marker in found.text + found.where
    )


# --- What is stored ----------------------------------------------------------------------------------------------


def stored():
    """Every row of every table but the line's own, and sessions."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model.__name__ not in OWN_TABLES
    ]
    return {model._meta.label: sorted(map(told, model.objects.values_list())) for model in models}
