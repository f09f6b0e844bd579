"""The published permissions as a page: groups and what each page lets them do."""

from collections.abc import Iterator

from config.permissions import WRITTEN
from config.permissions.page import Page
from config.permissions.relations import NOT_SIGNED_IN, Group

HEAD = """# Who may open what

Written by `python manage.py permissions` from `config/permissions/`; a test fails when it is stale, and the matrix of
tests (`tests/access/test_matrix.py`) opens every address as every role in every relation to see that it is so.

To everybody else an address answers *not found*, exactly as one that is not there. Who has not signed in is asked to.
An address that is only read answers 405 to a form, and a button 405 to a link; no address takes another method.
"""


def page(addresses: dict[str, str]) -> str:
    return "\n".join([HEAD, *_pages(addresses), *_groups()]) + "\n"


def _pages(addresses: dict[str, str]) -> Iterator[str]:
    for room, pages in WRITTEN.items():
        yield f"## {room}\n"
        yield "| Address | About | May open | May send |"
        yield "|---|---|---|---|"
        for one in pages:
            yield f"| `/{addresses[one.name]}` | {one.about} | {_words(one, one.reads)} | {_words(one, one.writes)} |"
        yield ""


def _words(one: Page, group: Group | None) -> str:
    if group is None:
        return "–"
    return f"{group.words} (of an {one.only_in})" if one.only_in else group.words


def _groups() -> Iterator[str]:
    """Each group that a page names, role by role."""
    groups = {}
    for one in (one for pages in WRITTEN.values() for one in pages):
        groups |= {group.words: group for group in (one.reads, one.writes) if group}
    yield "## The groups\n"
    for words in sorted(groups):
        yield f"### {words}\n"
        yield from _roles(groups[words])
        yield ""


def _roles(group: Group) -> Iterator[str]:
    roles: dict = {}
    for standing in group.standings - {NOT_SIGNED_IN}:
        roles.setdefault(standing.role, []).append(standing.relation)
    if not roles:
        yield "No role."
    for role in sorted(roles, key=lambda role: list(type(role)).index(role)):
        yield f"- {role.label}: {'; '.join(sorted(roles[role]))}"
