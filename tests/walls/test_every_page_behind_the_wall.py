"""Each page behind the wall and before it: what a person may open answers, and what they may not does not."""

import pytest

from letters.models import Letter, Recipient
from tests.access import quickly
from tests.in_full import IN_FULL
from tests.journeys.addresses import addresses
from tests.walls.reach import asking, serving, signed_in

pytestmark = pytest.mark.needs_postgres


def test_every_page_answers_behind_the_wall_as_before_it(story, cast):
    """In full each page by everybody; else by two of seven in turn. And a letter's copies stand in it, all of them."""
    people = [cast.iris, cast.mona, cast.lena, cast.gwen, cast.cass, cast.lex, cast.stranger]
    paths = [path for path in addresses(cast, story) if "set-password" not in path]
    letter = Letter.objects.filter(kind="delay_letter", state="approved").get()
    before = copies_of(letter)
    with asking(cast.lex):
        assert copies_of(letter) == before
    different = []
    with quickly.doors_left_out(), quickly.no_news():
        askers = [signed_in(person) for person in people]
        for place, path in enumerate(paths):
            for turn, (person, client) in enumerate(zip(people, askers, strict=True)):
                if IN_FULL or (place + turn) % 7 < 2:
                    before = client.get(path).status_code
                    with serving():
                        behind = client.get(path).status_code
                    if behind != before:
                        different.append(
                            f"{path} for {person.name}: {before} before the wall, {behind} behind it"
                        )
    assert not different, "\n".join(different)


def copies_of(letter):
    return set(Recipient.objects.filter(letter=letter).values_list("name", "address"))
