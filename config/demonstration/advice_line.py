"""The advice line of the demonstration: its notes, on the day of each call, and a duty rota with one gap."""

from functools import partial

from config.demonstration.stories import table
from protocol.working_days import ENGLAND
from referrals import advice, rota


def diary(today, everybody):
    """What the lawyers did on which day, and a word on where to look when it goes wrong."""
    written = table("advice_line.toml")
    for note in written["note"]:
        day = ENGLAND.subtract(today, note["ago"])
        yield day, "The advice line", partial(_take, note, day, everybody)
    first = ENGLAND.subtract(today, written["rota"]["begun"])
    yield first, "The duty rota", partial(_fill, written["rota"], first, today, everybody)


def _take(note, day, everybody):
    said = {name: value for name, value in note.items() if name not in ("ago", "by", "authority")}
    authority = everybody.agencies[note["authority"]] if "authority" in note else None
    advice.take_note(by=everybody.by_name[note["by"]], on=day, authority=authority, **said)


def _fill(written, first, today, everybody):
    keeping = {"by": everybody.by_name[written["kept_by"]], "today": first}
    last = ENGLAND.add(today, written["ahead"])
    for duty in written["duty"]:
        rota.assign_pattern(everybody.by_name[duty["lawyer"]], first, last, duty["weekdays"], **keeping)
    rota.take_off(ENGLAND.add(today, written["nobody_in"]), **keeping)
