"""Two authorities with the same story, told twice, so that everything one has the other has too.

Northmoor's referral is with an officer of the High Court Team, Southmere's with a guardian of a third Cafcass office.
"""

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import Organisation
from accounts.roles import OrganisationKind, PersonRole
from config.permissions.relations import Relation
from tests.access.story import numbered, people
from tests.access.story.happened import TODAY, told_of
from tests.access.story.numbered import FAR
from tests.access.story.shapes import Calendar, Seat, Story
from tests.cast import assemble

__all__ = ["FAR", "TODAY", "Calendar", "password_link", "tell", "told_of"]
R, P = Relation, PersonRole


def tell(calendar):
    """Everything of Northmoor's, then everything of Southmere's."""
    numbered.from_the_beginning()
    cast = assemble()
    farside = people.cafcass_office("Cafcass Farside (invented)")
    oscar = people.add("Oscar Officer", farside, P.GUARDIAN)
    their_manager = people.add("Fiona Farside", farside, P.CAFCASS_SERVICE_MANAGER)
    their_support = people.add("Filip Farside", farside, P.CAFCASS_BUSINESS_SUPPORT)
    hetty = people.add("Hetty Highcourt", cast.cafcass_legal, P.HIGH_COURT_TEAM_OFFICER)
    legals = people.add("Ludo Legal", cast.cafcass_legal, P.ADMINISTRATOR)
    voluntary = Organisation.objects.create(name="Hearthside (invented)", kind=OrganisationKind.VOLUNTARY)
    northmoor = told_of("northmoor", cast, cast.hugo, calendar)
    seats = people.seats_of("northmoor", cast, voluntary, northmoor)
    numbered.from_far_on()
    southmeres = people.southmere_of(cast)
    southmere = told_of("southmere", southmeres, oscar, calendar)
    seats += people.seats_of("southmere", southmeres, voluntary, southmere)
    seats += [
        Seat(cast.hugo, "northmoor", R.OFFICER),
        Seat(hetty, "northmoor", R.NONE),
        Seat(oscar, "southmere", R.OFFICER),
        Seat(their_manager, "southmere", R.OFFICE),
        Seat(their_support, "southmere", R.OFFICE),
        Seat(cast.lex, "both", R.REFERRED),
        Seat(legals, "neither", R.NONE),
    ]
    for world in (northmoor, southmere):
        people.restrict(world, [seat for seat in seats if seat.world in (world.name, "both")])
    everybody = [cast.leah, *(seat.person for seat in seats)]
    return Story(
        northmoor,
        southmere,
        seats,
        people.factors(everybody),
        people.kept(everybody),
        people.files(everybody),
        people.notices(everybody),
        people.views(everybody),
    )


def password_link(person):
    return {
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
