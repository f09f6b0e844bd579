"""What of the annual report is for everybody: no small number, and none from which one would follow."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.annual import publishing
from reports.foi.answers import HIDDEN
from reports.foi.suppression import FEWEST

MOST = 8
cells = st.lists(st.integers(0, MOST), min_size=4, max_size=4)
shares = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=5)
GROUPS = [[0, 1], [2, 3]]


def possible(numbers, hidden, group):
    """What the hidden numbers of a group may be, where its sum is known; a nought would be shown."""
    inside = [place for place in group if place in hidden]
    whole = sum(numbers[place] for place in inside)
    for guess in product(range(1, whole + 1), repeat=len(inside)):
        if sum(guess) == whole:
            yield dict(zip(inside, guess, strict=True))


@settings(max_examples=60, deadline=None)
@given(cells)
def test_where_the_sums_of_groups_are_known_no_small_number_follows_from_them(numbers):
    hidden, is_sum_hidden = publishing.of_groups(numbers, GROUPS)
    small = {place for place, number in enumerate(numbers) if 0 < number < FEWEST}
    assert small <= set(hidden)
    for group in [] if is_sum_hidden else GROUPS:
        could_be = list(possible(numbers, hidden, group))
        for place in small.intersection(group):
            assert len({guess[place] for guess in could_be}) > 1, (numbers, hidden)


@settings(max_examples=60, deadline=None)
@given(shares)
def test_of_a_share_neither_those_in_it_nor_those_outside_are_few_and_no_row_is_hidden_alone(drawn):
    rows = [(min(pair), max(pair)) for pair in drawn]
    hidden = publishing.of_shares(rows)
    for place, (part, whole) in enumerate(rows):
        assert place in hidden or not (0 < part < FEWEST or 0 < whole - part < FEWEST)
        assert place not in hidden or whole
    assert len(hidden) != 1 or sum(whole > 0 for _, whole in rows) == 1


def test_two_divisions_of_one_number_do_not_give_each_other_away():
    assert publishing.of_one_whole([3, 0, 0], [2, 1]) == [[0], [0, 1]]
    assert publishing.of_one_whole([1, 1, 1, 1, 1], [5, 0]) == [[0, 1, 2, 3, 4], [0]], "five ones"
    assert publishing.of_one_whole([6, 5, 1], [12, 0]) == [[1, 2], []]
    assert publishing.of_one_whole([0, 0], [0]) == [[], []]


def test_a_reason_in_somebodys_own_words_is_published_only_where_it_was_given_often():
    table = {
        "section": "late_reviews", "title": "Late", "columns": ["", "Reviews"], "numbers": [], "url": "",
        "rows": [["The snow", "9"], ["No room", "6"], ["Her mother was in hospital", "1"]], "hidden": [1, 2],
        "is_typed": True,
    }  # fmt: skip
    whole = {"sections": [{"name": "late_reviews", "tables": [table]}]}
    told = publishing.published(whole)
    [given_out] = told["sections"][0]["tables"]
    assert given_out["rows"] == [["The snow", "9"], [publishing.OTHER_WORDS, HIDDEN]]
    assert told["because"] == publishing.BECAUSE
    assert table["rows"][2] == ["Her mother was in hospital", "1"], "as it was for whoever signs in"


def test_nothing_is_said_of_hiding_where_nothing_is_hidden():
    table = {"title": "T", "rows": [["Many", "12"]], "numbers": [12], "hidden": [], "is_typed": False}
    told = publishing.published({"sections": [{"tables": [table]}]})
    assert told["because"] == ""
    assert told["sections"][0]["tables"][0]["numbers"] == [12]
