"""Before a letter leaves: what may not be meant to is found, resolved by a person, and sealed.

`finding` compares the whole letter with confidential addresses and other cases' names; `resolving` keeps what a person
decided; `sealing` refuses what changed since it was read; `agreement` asks for a second person where it goes to
somebody outside the authority and Cafcass. `ready` is all of it, asked when the letter is sent.
"""

from letters.leaving.agreement import check_agreed
from letters.leaving.resolving import check_resolved
from letters.leaving.sealing import check_unchanged


def ready(letter, by):
    """Refuses with a sentence whatever still keeps an approved letter from leaving."""
    check_unchanged(letter)
    check_resolved(letter, by)
    check_agreed(letter)
