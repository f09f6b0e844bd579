"""What an import of a return says about its reviews."""

from collections import Counter


def found_in_reviews(said):
    """(kind of finding, number of the child) → how many, read off what the command prints with `--show 0`."""
    kind, found = "", Counter()
    for line in said.splitlines():
        if line.startswith("  reviews.csv"):
            found[kind, line.partition("child ")[2].partition(":")[0]] += 1
        elif ": " in line and not line.startswith(" "):
            kind = line.partition(":")[0]
    return found
