"""What fewer people see in the demonstration: a restricted case, a confidential address, and cover for an absence."""

from functools import partial

from cases import covering, restricting, whereabouts
from cases.models import Case, Child
from config.demonstration.stories import table
from protocol.working_days import ENGLAND


def diary(today, everybody):
    """What was done on which day, and a word on where to look when it goes wrong."""
    written = table("who_sees_what.toml")
    for name, act in (("restricted", _restrict), ("whereabouts", _write_down), ("cover", _cover)):
        for said in written[name]:
            day = ENGLAND.subtract(today, said["ago"])
            yield day, "Who sees what", partial(act, said, day, today, everybody)


def _restrict(said, day, today, everybody):
    case = Case.objects.get(members__child__name=said["case_of"])
    readers = [everybody.by_name[name] for name in said["readers"]]
    restricting.restrict(case, by=everybody.by_name[said["by"]], reason=said["reason"], readers=readers)


def _write_down(said, day, today, everybody):
    row = {name: said[name] for name in ("kind", "address", "postcode", "audience")}
    child = Child.objects.get(name=said["child"])
    whereabouts.add(child, by=everybody.by_name[said["by"]], from_on=day, **row)


def _cover(said, day, today, everybody):
    away, stands_in = everybody.by_name[said["absent"]], everybody.by_name[said["covering"]]
    until = ENGLAND.add(today, said["ahead"])
    covering.arrange(away, stands_in, from_on=day, until_on=until, by=everybody.by_name[said["by"]])
