"""The agencies of the demonstration and the people in them."""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from accounts.models import Organisation, User
from accounts.roles import PersonRole
from config.demonstration.stories import table

# Printed for everybody to read, like the phrase. In production these people are nobody.
SECRET = "HERONSINTHEFOGHERONSINTHEFOGSEVE"  # noqa: S105


@dataclass
class People:
    """Everybody by the short name the stories use, and the agencies likewise."""

    agencies: dict = field(default_factory=dict)
    by_name: dict = field(default_factory=dict)

    @property
    def authorities(self):
        return [agency for agency in self.agencies.values() if agency.is_authority]

    def one(self, agency, role):
        """The first person of a role in an agency."""
        return next(p for p in self.by_name.values() if p.organisation_id == agency.pk and p.role == role)


def is_there():
    """Whether the demonstration has been played into this database."""
    return Organisation.objects.filter(name=table("people.toml")["organisation"][0]["name"]).exists()


def assemble(phrase):
    """Make the agencies and the people; everybody whose agency is on the system signs in with the phrase."""
    written = table("people.toml")
    people = People()
    for agency in written["organisation"]:
        people.agencies[agency["id"]] = Organisation.objects.create(
            **{key: value for key, value in agency.items() if key != "id"}
        )
    for number, person in enumerate(written["person"]):
        people.by_name[person["id"]] = _person(person, number, people)
    signing_in = User.objects.filter(
        pk__in=[person.pk for person in people.by_name.values() if person.organisation.is_on_system]
    )
    # Hashed once: fifty times would take longer than the stories.
    signing_in.update(password=make_password(phrase))
    give_apps(signing_in)
    return people


def give_apps(persons):
    """Everybody's authenticator app has the one secret."""
    for person in persons.exclude(authenticator__type=Authenticator.Type.TOTP):
        TOTP.activate(person, SECRET)


def _person(written, number, people):
    return User.objects.create_user(
        email_of(written["name"]),
        name=written["name"],
        organisation=people.agencies[written["at"]],
        role=written["role"],
        manager=people.by_name.get(written.get("manager")),
        is_demonstration=True,
        # Ofcom keeps these numbers free for drama.
        telephone=f"01632 960{200 + number}",
    )


def email_of(name):
    return ".".join(name.lower().split()) + "@example.org"


def one_for_each_role():
    """The person to sign in as, for every role that somebody on the system has."""
    emails = [email_of(person["name"]) for person in table("people.toml")["person"]]
    found = {
        person.email: person
        for person in User.objects.filter(email__in=emails).select_related("organisation")
    }
    known = [found[email] for email in emails if email in found and found[email].organisation.is_on_system]
    return [next(person for person in known if person.role == role) for role in PersonRole]
