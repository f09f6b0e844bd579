"""Who keeps records and disposes of them: those who answer for an authority's records, for its own children alone."""

from accounts.roles import PersonRole

# Who knows of a claim or an inquiry, and who answers for the file. Two of them, never one, dispose of a record.
KEEPERS = {PersonRole.IRO_MANAGER, PersonRole.HEAD_OF_SERVICE, PersonRole.LA_LEGAL}
MAKE_PACKS = {PersonRole.IRO_MANAGER}


def may_keep_records(user):
    return user.is_active and user.role in KEEPERS


def may_make_packs(user):
    """The whole record of a child leaves the service by one hand: the one that may ask who looked at it."""
    return user.is_active and user.role in MAKE_PACKS
