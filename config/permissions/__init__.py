"""Who may open what: roles × relation to the case × acts, for every address of the product.

This is what is published, and what the tests hold the product against. No view consults it: views ask the access page
of their own room (`cases/access/`, `referrals/access.py`, `letters/access.py`, those of `reports/`), and the matrix of
tests opens every address as everybody to see that the two agree. `manage.py permissions` writes it as
`docs/permissions.md`.
"""

from config.permissions import (
    of_accounts,
    of_answers,
    of_boards,
    of_cases,
    of_letters,
    of_referrals,
    of_reports,
)

ROOMS = {
    "Signing in, people and organisations": of_accounts.PAGES,
    "Cases, children and the Protocol": of_cases.PAGES,
    "Disputes, the advice line and referrals": of_referrals.PAGES,
    "Letters": of_letters.PAGES,
    "Keeping records": of_reports.PAGES,
    "Boards": of_boards.PAGES,
    "Answers": of_answers.PAGES,
}
PAGES = {page.key: page for pages in ROOMS.values() for page in pages}
OF_A_DIRECTORY = "Signing in by an authority’s own directory, where one is configured"
WRITTEN = ROOMS | {OF_A_DIRECTORY: of_accounts.OF_A_DIRECTORY}
