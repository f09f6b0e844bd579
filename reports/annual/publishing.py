"""What of the report is for everybody: the same figures without the small numbers, and without those they follow from.

Members and the public read it, so that it hides what an answer to a request hides (`reports.foi.suppression`); whoever
signs in reads the figures as they are. What is hidden is decided where it is counted, since only there it is known
which numbers make up the same whole, and is frozen with the figures.
"""

from reports.foi.answers import HIDDEN
from reports.foi.suppression import FEWEST, suppressed

BECAUSE = (
    f"Some numbers are not shown. A number from one to {FEWEST - 1} could tell those who know a child who it is about, "
    "and so could a number from which it would follow."
)
OTHER_WORDS = "Other reasons, each given seldom"


def is_small(number):
    return 0 < number < FEWEST


def of_one_whole(*divisions):
    """Divisions of the same number: where it may not be known, none of them may give it away."""
    found = [suppressed(cells) for cells in divisions]
    if any(is_whole_hidden for _, is_whole_hidden in found):
        return [[place for place, number in enumerate(cells) if number] for cells in divisions]
    return [sorted(hidden) for hidden, _ in found]


def of_groups(cells, groups):
    """One division of which the sums of some groups are known too: (places, whether a sum must not be shown)."""
    places, is_sum_hidden = set(), False
    for group in groups:
        hidden, is_group_hidden = suppressed([cells[place] for place in group])
        places |= {group[place] for place in hidden}
        is_sum_hidden |= is_group_hidden
    return sorted(places), is_sum_hidden


def of_shares(rows):
    """Rows of so many out of so many: neither those who are in nor those who are out may be few. Never one row alone."""
    hidden = {place for place, (part, whole) in enumerate(rows) if is_small(part) or is_small(whole - part)}
    others = [place for place, (_, whole) in enumerate(rows) if whole and place not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: rows[place][1]))
    return sorted(hidden)


def picture(title, rows):
    """What the picture of a table says, for whoever does not see it."""
    return f"{title}: " + "; ".join(f"{row[0]} {row[1]}" for row in rows)


def published(content):
    """The content of a report as it is given out."""
    sections = [
        {**section, "tables": [_published(table) for table in section["tables"]]}
        for section in content["sections"]
    ]
    hides = any(table["hidden"] for section in content["sections"] for table in section["tables"])
    return {**content, "sections": sections, "because": BECAUSE if hides else ""}


def _published(table):
    hidden = set(table["hidden"])
    rows = [
        [row[0], *[HIDDEN] * (len(row) - 1)] if place in hidden else row
        for place, row in enumerate(table["rows"])
    ]
    if (
        table["is_typed"] and hidden
    ):  # in the words of whoever gave the reason: they may tell more than a number
        rows = [row for place, row in enumerate(rows) if place not in hidden] + [[OTHER_WORDS, HIDDEN]]
    numbers = [None if place in hidden else number for place, number in enumerate(table["numbers"])]
    return {**table, "rows": rows, "numbers": numbers, "picture": picture(table["title"], rows)}
