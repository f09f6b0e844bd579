"""Every board of every reader, every number on it, and the list that a number opens."""

from reports.boards import cafcass, iro_service, la_legal, reciprocity
from reports.boards.tiles import Number, Table
from reports.measures import periods
from tests.reports.seeded.day import TODAY


def numbers(board):
    """Every number on a board, wherever it stands."""
    found, waiting = [], [vars(board)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Number):
            found.append(one)
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
        elif isinstance(one, Table) or type(one).__module__.startswith("reports.boards"):
            waiting.append(vars(one))
    return found


def boards(cast):
    quarter = periods.quarters(TODAY)[0]
    yield cast.mona, iro_service.board(cast.mona, today=TODAY)
    yield cast.mona, iro_service.board(cast.mona, today=TODAY, limits="ours")
    yield cast.cass, cafcass.board(cast.cass, today=TODAY)
    yield cast.lena, la_legal.board(cast.lena, today=TODAY)
    yield cast.cass, reciprocity.page(cast.cass, cast.northmoor, quarter, today=TODAY)


def listed(client, url):
    """How many rows a list says it has, and how many one finds going through its pages."""
    said, rows = None, 0
    while url:
        page = client.get(url)
        assert page.status_code == 200, url
        said = page.context["number"]
        rows += len(next(page.context[name] for name in ("lines", "rows", "letters") if name in page.context))
        url = page.context["next_url"]
    return said, rows
