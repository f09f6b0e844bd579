"""Reading the stories: a family's own facts, and chapters that many families live through each in their way."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from cases.specifications import SPECIFICATIONS
from protocol.fields import FieldType
from protocol.happenings import PLACE_IN_THE_DAY, Happening
from protocol.vocabulary import Subject

FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "demonstration"
AFTER_ALL_HAPPENINGS = len(PLACE_IN_THE_DAY)
# What a fact says of how it is played, besides the happening's own fields.
PLAYED_WITH = frozenset(
    {
        "at", "is", "id", "typed", "child", "by", "person", "note", "how_known", "also", "only",
        "fact", "reason", "instead", "matters", "matter", "evidence", "with",
    }
)  # fmt: skip


class Unreadable(Exception):
    """A fixture says what cannot be; the sentence names the story and the fact."""


@dataclass(frozen=True)
class Fact:
    """One entry of a story: on which of its days it happened, and how many working days later it was typed."""

    at: int
    what: str
    typed: int = 0
    says: Mapping[str, Any] = field(default_factory=dict)
    how: Mapping[str, Any] = field(default_factory=dict)

    @property
    def typed_at(self):
        return max(0, self.at) + self.typed

    @property
    def place(self):
        """Its place among the facts of one day."""
        try:
            return PLACE_IN_THE_DAY[Happening(self.what)]
        except ValueError:
            return AFTER_ALL_HAPPENINGS


@dataclass(frozen=True)
class Story:
    """A family on its way through the Protocol, or a looked-after child with no case yet."""

    name: str
    stage: str
    started: int
    family: tuple[Mapping[str, Any], ...]
    cast: Mapping[str, Any]
    facts: tuple[Fact, ...]

    def facts_by(self, last_day):
        """What has happened and been typed by a day, in the order in which people typed it."""
        told = [fact for fact in self.facts if fact.typed_at <= last_day]
        return sorted(told, key=lambda fact: (fact.typed_at, fact.at, fact.place))


def table(name):
    with (FIXTURES / name).open("rb") as file:
        return tomllib.load(file)


def every_story():
    chapters = table("chapters.toml")
    return [
        _story(written, stage, chapters)
        for path in sorted((FIXTURES / "cases").glob("*.toml"))
        for tables in [table(path.relative_to(FIXTURES))]
        for stage, families in tables.items()
        for written in families
    ]


def _story(written, stage, chapters):
    try:
        facts = [*_chaptered(written.get("chapters", []), chapters), *map(_fact, written.get("facts", []))]
    except (KeyError, Unreadable) as fault:
        raise Unreadable(f"The story of {written.get('name', 'a family')}: {fault}") from fault
    cast = {key: value for key, value in written.items() if key not in ("chapters", "facts", "children")}
    return Story(written["name"], stage, written["started"], tuple(written["children"]), cast, tuple(facts))


def _chaptered(plays, chapters, offset=0, changes=None):
    for play in plays:
        chapter = chapters[play["play"]]
        begins = offset + play.get("at", 0)
        own = {name: {**(changes or {}).get(name, {}), **play.get(name, {})} for name in ("later", "set")}
        own["without"] = {*(changes or {}).get("without", ()), *play.get("without", ())}
        yield from _chaptered(chapter.get("chapters", []), chapters, begins, own)
        for raw in chapter.get("facts", []):
            name = raw.get("id", raw["is"])
            if name not in own["without"]:
                changed = {**raw, **own["set"].get(name, {}), "at": raw["at"] + own["later"].get(name, 0)}
                yield _fact(changed, begins)


def _fact(raw, offset=0):
    """A fact with its days counted from the beginning of the story."""
    specification = SPECIFICATIONS.get(raw["is"])
    says, how = {}, {}
    for name, value in raw.items():
        described = specification.field(name) if specification else None
        if described:
            says[name] = value + offset if isinstance(value, int) and _is_a_day(described) else value
        elif name in PLAYED_WITH:
            how[name] = value
        else:
            raise Unreadable(f"“{raw['is']}” on day {raw['at']} has no field “{name}”")
    return Fact(raw["at"] + offset, raw["is"], raw.get("typed", 0), says, how)


def _is_a_day(described):
    """Dates, and reviews, which are known by the day they were first arranged for."""
    return described.type is FieldType.DATE or described.refers_to is Subject.REVIEW
