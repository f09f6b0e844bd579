"""The product as somebody finds it who opens every page: the forms that stand there, and what its links ask with."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from config.permissions import PAGES
from config.permissions.relations import Standing
from tests.access import examples
from tests.access.reading import Form
from tests.access.story import password_link
from tests.access.trying import Found, Trier, route_of
from tests.doors import give_password


@dataclass
class Site:
    """By address: its forms, somebody who may open it, and the names its query knows.

    Unless in full, a form is left out when each of its inputs stands in another form of the same address.
    """

    in_full: bool = True
    forms: dict = field(default_factory=dict)
    pages: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)
    elements: set = field(default_factory=set)
    triers: dict = field(default_factory=dict)

    def trier(self, person):
        number = person and person.pk
        if number not in self.triers:
            self.triers[number] = Trier(person)
        return self.triers[number]

    def looks_at(self, trier, url):
        """One page; what its links ask with counts for where they lead."""
        page = trier.reads(url)
        if page is None:
            return []
        self.elements |= page.elements
        self.pages.setdefault(route_of(url), (trier, url))
        for path, names in page.asked():
            self.asked.setdefault(route_of(path), set()).update(names)
        for form in page.forms:
            self._has(trier, form)
        return [urljoin(url, link) for link in page.links if link and not urlsplit(link).netloc]

    def _has(self, trier, form):
        route = route_of(form.action)
        names = sorted(set(form.inputs) - {"csrfmiddlewaretoken"})
        if form.method != "post":
            self.asked.setdefault(route, set()).update(names)
        elif self.in_full or not names or set(map(_alike, names)) - self.known(route):
            self.forms.setdefault((route, *names), Found(trier, form, route, names))

    def known(self, route):
        return {_alike(name) for found in self.forms.values() if found.route == route for name in found.names}

    def has_button(self, trier, url):
        """An address that is only pressed."""
        route = route_of(url)
        if route not in {found.route for found in self.forms.values()}:
            self.forms[route,] = Found(trier, Form(url, "post", False), route, [])

    def addresses(self):
        """One address of each name, with somebody who may go there."""
        sent = {found.route: (found.trier, found.form.action) for found in self.forms.values()}
        return {name: there for name, there in (sent | self.pages).items() if name}

    def inputs(self):
        """Each input of each form: what is alike in two forms of one address is one input."""
        seen = set()
        for found in self.forms.values():
            for name in found.names:
                alike = (found.route, _alike(name))
                if alike not in seen:
                    seen.add(alike)
                    yield found, name


def _alike(name):
    """Rows of one form differ by a number in the names of their inputs."""
    return re.sub(r"\d+", "#", name)


def look_round(story, in_full):
    """Every published page as somebody who may send it, or else who may open it; and those before the door."""
    site = Site(in_full)
    _before_the_door(site, story)
    for page in PAGES.values():
        for example in _examples(story, page, in_full):
            _opens(site, story, page, example)
    return site


def _examples(story, page, in_full):
    """Of each page the referred case, or the other; in full both."""
    found = [one for one in examples.every(story, [page]) if one.world == "northmoor"]
    return found if in_full else found[:1]


def _opens(site, story, page, example):
    seat = _somebody(story, page, example, "POST") or _somebody(story, page, example, "GET")
    if seat is None:
        return
    trier, url = site.trier(seat.person), example.address(seat)
    if page.reads:
        _follows(site, trier, page, site.looks_at(trier, url))
    if page.writes:
        site.has_button(trier, url)


def _somebody(story, page, example, method):
    seats = [seat for seat in story.seats if seat.world in ("northmoor", "both")]
    return next((seat for seat in seats if page.may(method, *_standing(seat, example))), None)


def _standing(seat, example):
    relation = examples.relation(seat, example)
    return Standing(seat.person.role, relation), seat.person.organisation.kind


FORMS_BEHIND_LINKS = {"choose_happening", "what_if"}


def _follows(site, trier, page, links):
    """Where a page is a list of forms, each of them: what can be recorded, and what could be."""
    if page.name in FORMS_BEHIND_LINKS:
        for link in dict.fromkeys(links):
            if route_of(link) in ("record", "what_if", "dispute_act", "referral_act"):
                site.looks_at(trier, link)


def _before_the_door(site, story):
    """Nobody; somebody who has given the password only; somebody with a link to choose one."""
    for name in ("sign_in", "forgotten_password"):
        site.looks_at(site.trier(None), reverse(name))
    half_way = Trier(None)
    give_password(half_way.client, story.northmoor.cast.ivor)
    half_way.cookies = dict(half_way.client.cookies)
    site.looks_at(half_way, reverse("mfa_authenticate"))
    invited = Trier(None)
    link = reverse("set_password", kwargs=password_link(story.northmoor.cast.gareth))
    form = invited.client.get(link)["Location"]
    invited.cookies = dict(invited.client.cookies)
    site.looks_at(invited, form)
