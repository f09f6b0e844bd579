"""The statements behind `reach`, by role. Nothing of a person is in them: `:person` and the like are filled in there."""

from functools import cache

from accounts.roles import PersonRole
from cases.access.roles import (
    BY_APPOINTMENT,
    CAFCASS,
    LEGAL_SIDE,
    WHOLE_AUTHORITY,
    WHOLE_OFFICE,
    colleagues_of,
)

# --- Restricted cases: the list decides; an emergency opens one for an hour -------------------------------------

NAMED = """
    SELECT listed.case_id FROM cases_restriction listed
    JOIN cases_namedreader reader ON reader.restriction_id = listed.id
    WHERE listed.lifted_at IS NULL AND reader.person_id = :person AND reader.removed_at IS NULL"""
EMERGENCY = """
    SELECT opened.case_id FROM cases_emergencyaccess opened
    WHERE opened.person_id = :person AND opened.ends_at > :now"""
SHUT = f"""
    SELECT shut.case_id FROM cases_restriction shut
    WHERE shut.lifted_at IS NULL AND shut.case_id NOT IN ({EMERGENCY}) AND NOT EXISTS (
        SELECT 1 FROM cases_namedreader reader
        WHERE reader.restriction_id = shut.id AND reader.person_id = :person AND reader.removed_at IS NULL)"""
SHUT_CHILDREN = f"""
    SELECT inside.child_id FROM cases_casechild inside
    WHERE inside.left_on IS NULL AND inside.case_id IN ({SHUT})"""
# Behind the wall the rows that say so are out of sight, and the wall itself says whose records they shut.
CLOSED_BY_THE_WALL = "SELECT unnest(protocol_ids('closed_children'))"

# --- Appointments: one's own, of those one manages, of those one covers for -------------------------------------

# Colleagues of the same agency and side who are away today, whatever was arranged before.
COVER = """
    cases_cover cover JOIN accounts_user absent ON absent.id = cover.absent_id
    WHERE cover.covering_id = :person AND cover.ended_at IS NULL AND :today BETWEEN cover.from_on AND cover.until_on
    AND absent.organisation_id = :home AND absent.role IN ({colleagues})"""
STOOD_FOR = f"""
    SELECT me.id FROM accounts_user me WHERE me.id = :person
    UNION SELECT cover.absent_id FROM {COVER} AND cover.is_for_everything"""
# What somebody held on the other side opens nothing after they have moved, though nobody has been appointed since.
HANDLING = {"referral_officer"}  # a part in one referral, whatever the person's own role is
HELD_ON_THIS_SIDE = "held.until_on IS NULL AND held.role IN ({parts})"
OWN = f"{HELD_ON_THIS_SIDE} AND held.person_id IN ({STOOD_FOR})"
# A team manager holds what the social workers hold whose line manager they are, or stand in for.
TEAMS = f"""{HELD_ON_THIS_SIDE} AND held.person_id IN ({STOOD_FOR}
    UNION SELECT worker.id FROM accounts_user worker
    WHERE worker.role = 'social_worker' AND worker.organisation_id = :home AND worker.manager_id IN ({STOOD_FOR}))"""
# The chosen cases of a cover, for as long as whoever is away is appointed there.
COVERED = f"""
    SELECT chosen.case_id FROM (SELECT cover.id, cover.absent_id FROM {COVER} AND NOT cover.is_for_everything) away
    JOIN cases_cover_cases chosen ON chosen.cover_id = away.id
    JOIN cases_appointment theirs ON theirs.person_id = away.absent_id AND theirs.until_on IS NULL
    WHERE theirs.role IN ({{parts}}) AND (theirs.case_id = chosen.case_id OR theirs.case_id IS NULL AND theirs.child_id IN (
        SELECT inside.child_id FROM cases_casechild inside
        WHERE inside.case_id = chosen.case_id AND inside.left_on IS NULL))"""

# --- What each part reaches, were nothing restricted ------------------------------------------------------------

OF_AUTHORITY = "SELECT ours.id FROM cases_case ours WHERE ours.authority_id = :home"
# A Cafcass office's own cases, and those with a referral allocated to one of its people.
OF_OFFICE = """
    SELECT ours.id FROM cases_case ours WHERE ours.cafcass_office_id = :home
    UNION SELECT allocated.case_id FROM cases_appointment allocated
    JOIN accounts_user officer ON officer.id = allocated.person_id
    WHERE allocated.role = 'referral_officer' AND allocated.until_on IS NULL AND officer.organisation_id = :home"""
# Referred cases are Cafcass Legal's; a draft nobody has submitted is no fact yet.
REFERRED = """
    SELECT referred.case_id FROM cases_event referred
    WHERE referred.happening = 'referral_submitted' AND referred.case_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM cases_event later WHERE later.corrects_id = referred.id)"""
BY_CASE = f"SELECT held.case_id FROM cases_appointment held WHERE {{held}} UNION {COVERED}"
BY_CHILD = f"""
    SELECT inside.case_id FROM cases_appointment held
    JOIN cases_casechild inside ON inside.child_id = held.child_id AND inside.left_on IS NULL
    WHERE {{held}} UNION {COVERED}"""
CHILDREN_OF_AUTHORITY = "SELECT child.id FROM cases_child child WHERE child.authority_id = :home"


@cache
def by_role(role):
    """The cases a role would reach if none were restricted; None where it opens no case."""
    if role in WHOLE_AUTHORITY:
        return OF_AUTHORITY
    if role in WHOLE_OFFICE:
        return OF_OFFICE
    if role == PersonRole.CAFCASS_LEGAL:
        return REFERRED
    if role in {PersonRole.GUARDIAN, PersonRole.HIGH_COURT_TEAM_OFFICER}:
        return _for(role, BY_CASE)
    return _for(role, BY_CHILD) if role in BY_APPOINTMENT else None


@cache
def cases(role):
    """The cases a role may open; None where it opens no case."""
    reached = by_role(role)
    if reached is None:
        return None
    if role not in WHOLE_AUTHORITY:  # those of the list, and of an emergency, are their authority's anyway
        reached = f"{reached} UNION {NAMED} UNION {EMERGENCY}"
    return f"SELECT open.id FROM cases_case open WHERE open.id IN ({reached}) AND open.id NOT IN ({SHUT})"


@cache
def children(role, *, walled):
    """The children of those cases, and the looked-after children who are held without a case."""
    if cases(role) is None:
        return None
    theirs = CHILDREN_OF_AUTHORITY if role in WHOLE_AUTHORITY else _children_in_cases(role)
    known = f"SELECT known.id FROM cases_child known WHERE known.id IN ({theirs})"
    return f"{known} AND known.id NOT IN ({shut_children(walled=walled)})"


@cache
def shut_children(*, walled):
    """Who is in a restricted case now that is shut."""
    return f"{SHUT_CHILDREN} UNION {CLOSED_BY_THE_WALL}" if walled else SHUT_CHILDREN


@cache
def held(role):
    """The appointments by which a child is reached, cover for chosen cases aside."""
    return _for(role, "SELECT held.id FROM cases_appointment held WHERE {held}")


def _children_in_cases(role):
    members = f"SELECT member.child_id FROM cases_casechild member WHERE member.case_id IN ({cases(role)})"
    if role not in WHOLE_OFFICE:
        members = f"{members} AND member.left_on IS NULL"
    if role in BY_APPOINTMENT - {PersonRole.GUARDIAN}:
        members += _for(role, " UNION SELECT held.child_id FROM cases_appointment held WHERE {held}")
    return members


def _for(role, statement):
    """Who holds what, and for whom they may stand in, differ by role."""
    colleagues = {colleague.value for colleague in colleagues_of(role)}
    parts = colleagues | (HANDLING if role in CAFCASS | LEGAL_SIDE else set())
    held = TEAMS if role == PersonRole.TEAM_MANAGER else OWN
    listed = statement.replace("{held}", held)
    return listed.replace("{colleagues}", _listed(colleagues)).replace("{parts}", _listed(parts))


def _listed(words):
    return ", ".join(f"'{word}'" for word in sorted(words)) or "NULL"
