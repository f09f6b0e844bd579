"""Drawing the sample: at random so that it can be drawn again, or chosen case by case."""

import random
import re
import secrets
from dataclasses import dataclass

from cases.models import Case
from cases.refusal import Refusal

MOST = 20


@dataclass(frozen=True)
class Sample:
    """The keys, out of how many, and how they were found."""

    keys: list
    out_of: int
    how: str


def eligible(user, *, stage="", opened_from=None, opened_until=None):
    found = Case.objects.visible_to(user).filter(authority=user.organisation_id)
    if stage:
        found = found.filter(stage=stage)
    if opened_from:
        found = found.filter(opened_on__gte=opened_from)
    if opened_until:
        found = found.filter(opened_on__lte=opened_until)
    return found


def drawn(user, number, *, seed="", **narrowed):
    """A random sample. With the same seed and the same cases it is the same one."""
    keys = sorted(eligible(user, **narrowed).values_list("key", flat=True))
    if not keys:
        raise Refusal("There is no case of that kind to draw from. Widen the choice of stage or days.")
    seed = seed or secrets.token_hex(4)
    found = random.Random(seed).sample(keys, min(number, len(keys)))  # noqa: S311 (drawn fairly, not in secret)
    return Sample(sorted(found), len(keys), f"drawn at random from {len(keys):,} cases with the seed {seed}")


def chosen(user, typed):
    """The cases somebody named; one that is not theirs is said to be unknown."""
    wanted = list(dict.fromkeys(re.findall(r"\w+", typed.upper())))
    if len(wanted) > MOST:
        raise Refusal(
            f"A pack holds at most {MOST} cases. Leave out {len(wanted) - MOST}, or make two packs."
        )
    found = {
        key.upper(): key for key in eligible(user).values_list("key", flat=True) if key.upper() in wanted
    }
    if unknown := [key for key in wanted if key not in found]:
        raise Refusal(
            f"No case you may see has the reference {', '.join(unknown)}. Take it out, or put it right."
        )
    return Sample([found[key] for key in wanted], eligible(user).count(), "chosen by name")
