"""Tables of what is open: how pressing it is, by whatever it can be told apart by."""

from accounts.models import Organisation, User
from reports.boards.tiles import table
from reports.measures import kinds
from reports.measures.dimensions import duty_words
from reports.measures.slices import counted_by

NONE = "Nothing open is counted here. A line appears with the first deadline that a fact opens."
PRESSING = ("critical", "overdue", "soon", "later", "undated")


def names_of(model, numbers):
    return dict(model.objects.filter(pk__in=[pk for pk in numbers if pk]).values_list("pk", "name"))


def pressing(base, user, today, dimension, caption, first, label, *, columns=PRESSING, kind=kinds.BANDS):
    """One row for each value of a dimension, the most pressing first; a row without a number is left out."""
    numbers = counted_by(base.rows(user, today).still_open(), dimension, columns, kind, today)
    words = label(numbers)
    kept = {value: row for value, row in numbers.items() if any(row.values())}
    order = sorted(kept, key=lambda value: ([-kept[value][name] for name in columns], words(value)))
    return _table(base, dimension, caption, first, words, kept, order, columns, kind)


def in_order(
    base, user, today, dimension, caption, first, of, *, columns=PRESSING, kind=kinds.BANDS, column="band"
):
    """One row for each name of a kind, in its own order, also where it counts nothing."""
    numbers = counted_by(base.rows(user, today).still_open(), dimension, columns, kind, today)
    none = dict.fromkeys(columns, 0)
    kept = {name: numbers.get(name, none) for name in of.words}
    return _table(
        base,
        dimension,
        caption,
        first,
        lambda name: of.words[name],
        kept,
        list(of.words),
        columns,
        kind,
        column,
    )


def _table(base, dimension, caption, first, words, numbers, order, columns, kind, column="band"):
    def url(slice_, name):
        return slice_.and_(**{column: name}).url()

    rows = [(words(value), "", numbers[value], base.and_(**{dimension: value}), url) for value in order]
    return table(caption, first, kind, columns, rows, none=NONE)


def people(numbers):
    names = names_of(User, numbers)
    return lambda pk: names.get(pk, "Nobody")


def agencies(numbers):
    names = names_of(Organisation, numbers)
    return lambda pk: names.get(pk, "No agency")


def duties(numbers):
    return duty_words
