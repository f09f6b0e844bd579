"""Who people are to a case: their role, and their relation to it. Groups of both are what the published pages name."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.roles import PersonRole as P


class Relation(StrEnum):
    """What a person is to the case (child, letter, agreement, colleague) that a page is about."""

    APPOINTED = "appointed to it"
    MANAGER = "manager of the person appointed"
    COVERING = "standing in for the person appointed"
    NAMED = "named on the list of a restricted case"
    OFFICER = "officer of its referral"
    OFFICE = "of the office its referral is with"
    SERVICE = "of its own authority, office or organisation"
    REFERRED = "it was referred to Cafcass Legal"
    NONE = "no relation: another authority’s or office’s"


R = Relation
WHOLE_AUTHORITY = (
    P.IRO_MANAGER,
    P.IRO_BUSINESS_SUPPORT,
    P.SERVICE_MANAGER,
    P.HEAD_OF_SERVICE,
    P.DIRECTOR,
    P.CHIEF_EXECUTIVE,
    P.LA_LEGAL,
)

# Every relation a person of each role can stand in. A role that is not here has no page at all.
RELATIONS_OF = {
    P.IRO: (R.APPOINTED, R.COVERING, R.SERVICE, R.NAMED, R.NONE),
    P.VOLUNTARY_IRO: (R.APPOINTED, R.SERVICE, R.NAMED, R.NONE),
    P.SOCIAL_WORKER: (R.APPOINTED, R.COVERING, R.SERVICE, R.NAMED, R.NONE),
    P.TEAM_MANAGER: (R.APPOINTED, R.COVERING, R.MANAGER, R.SERVICE, R.NAMED, R.NONE),
    **dict.fromkeys(WHOLE_AUTHORITY, (R.SERVICE, R.NAMED, R.NONE)),
    P.GUARDIAN: (R.APPOINTED, R.COVERING, R.OFFICER, R.SERVICE, R.NAMED, R.NONE),
    P.CAFCASS_SERVICE_MANAGER: (R.SERVICE, R.OFFICE, R.NAMED, R.NONE),
    P.CAFCASS_BUSINESS_SUPPORT: (R.SERVICE, R.OFFICE, R.NAMED, R.NONE),
    P.HIGH_COURT_TEAM_OFFICER: (R.OFFICER, R.NAMED, R.NONE),
    P.CAFCASS_LEGAL: (R.REFERRED, R.NAMED, R.NONE),
    P.ADMINISTRATOR: (R.SERVICE, R.NONE),
}


@dataclass(frozen=True)
class Standing:
    """One role in one relation; without a role, somebody who has not signed in."""

    role: P | None
    relation: Relation


NOT_SIGNED_IN = Standing(None, R.NONE)
EVERY_STANDING = tuple(
    Standing(role, relation) for role, relations in RELATIONS_OF.items() for relation in relations
)


@dataclass(frozen=True)
class Group:
    """Standings with the words that name them."""

    words: str
    standings: frozenset

    def __contains__(self, standing):
        return standing in self.standings

    def __or__(self, other):
        return Group(f"{self.words}; {other.words}", self.standings | other.standings)

    def who_are(self, words, *roles):
        """Those of the group in these roles."""
        return Group(words, frozenset(one for one in self.standings if one.role in roles))

    def in_relation(self, words, *relations):
        return Group(words, frozenset(one for one in self.standings if one.relation in relations))


def in_the_roles(words, *roles):
    """A page about no case: the role alone decides, whatever the relation."""
    return Group(words, frozenset(one for one in EVERY_STANDING if one.role in roles))


def standing(words, relation, *roles):
    return Group(words, frozenset(Standing(role, relation) for role in roles))


def together(words, *groups):
    return Group(words, frozenset().union(*(group.standings for group in groups)))
