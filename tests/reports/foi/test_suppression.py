"""What is hidden in a small table cannot be worked out from what is shown."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from reports.foi.suppression import FEWEST, suppressed

tables = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def possible(cells, hidden, is_total_hidden):
    """Every table that shows the same: a hidden cell is at least one, as a nought would be shown."""
    total, most = sum(cells), 12 * len(cells)
    free = sorted(hidden)
    shown = sum(number for place, number in enumerate(cells) if place not in hidden)
    for guess in product(range(1, 13), repeat=len(free)):
        if (not is_total_hidden and shown + sum(guess) == total) or (
            is_total_hidden and shown + sum(guess) <= most
        ):
            yield guess


@given(tables)
def test_no_small_number_is_shown(cells):
    hidden, is_total_hidden = suppressed(cells)
    assert all(place in hidden for place, number in enumerate(cells) if 0 < number < FEWEST)
    assert is_total_hidden or not 0 < sum(cells) < FEWEST


@given(tables)
def test_a_nought_is_always_shown(cells):
    hidden, _ = suppressed(cells)
    assert not any(cells[place] == 0 for place in hidden)


@given(tables)
def test_what_is_hidden_does_not_follow_from_the_rest(cells):
    hidden, is_total_hidden = suppressed(cells)
    small = [n for n, place in enumerate(sorted(hidden)) if cells[place] < FEWEST]
    could_be = list(possible(cells, hidden, is_total_hidden))
    for place in small:
        assert len({guess[place] for guess in could_be}) > 1, (cells, hidden)


def test_nothing_is_hidden_where_nothing_is_small():
    assert suppressed([0, 0, 0]) == (set(), False)
    assert suppressed([5, 0, 17]) == (set(), False)


def test_one_small_number_takes_the_next_smallest_with_it():
    assert suppressed([3, 40, 9, 0]) == ({0, 2}, False)


def test_three_noughts_and_a_small_number_hide_the_total():
    assert suppressed([0, 2, 0, 0]) == ({1}, True)
