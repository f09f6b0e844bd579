"""What stands in the navigation opens, for every role; what a role has nothing in does not stand there."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import ROLES_IN, OrganisationKind, PersonRole

LINK = re.compile(r'class="moj-primary-navigation__link" href="([^"]+)"')
OF_REPORTS = ("find", "boards", "answers")


@pytest.fixture
def everybody(cast):
    """One person of each role in each kind of organisation that has it."""
    places = {place.kind: place for place in Organisation.objects.order_by("-pk")}
    kind = OrganisationKind.VOLUNTARY
    places[kind] = Organisation.objects.create(name="Volunteers (invented)", kind=kind)
    return [
        User.objects.create_user(
            f"{role}.{kind}@example.org", "x", name=f"A {role.label}", role=role, organisation=places[kind]
        )
        for kind, roles in ROLES_IN.items()
        for role in sorted(roles)
    ]


def test_a_link_stands_for_those_who_have_something_behind_it(everybody):
    offered = {name: set() for name in OF_REPORTS}
    for person in everybody:
        client = Client()
        client.force_login(person)
        links = LINK.findall(client.get(reverse("protocol")).content.decode())
        assert len(links) == len(set(links))
        for link in links:
            assert client.get(link).status_code in (200, 302), f"{person.email} cannot open {link}"
        for name in OF_REPORTS:
            is_there = reverse(name) in links
            assert is_there == (client.get(reverse(name)).status_code != 404), (person.role, name)
            offered[name] |= {person.role} if is_there else set()
    assert PersonRole.ADMINISTRATOR not in set().union(*offered.values())
    assert offered["boards"] == settings.WHO_HAVE_A_BOARD
    assert PersonRole.GUARDIAN in offered["find"] & offered["answers"]
