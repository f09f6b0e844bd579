"""Who received which letter of a referral, and what proves it: a row a recipient, a column a letter (PN 3.22, REF-18)."""

from dataclasses import dataclass, field

from cases.dates import weekday_date
from letters.models import Recipient

NOT_NAMED = "Not asked for"


@dataclass
class Row:
    party: str
    name: str
    cells: list = field(default_factory=list)


def of(letters):
    """Rows in the order of PN 3.22, each with a cell for each of the letters, in theirs."""
    letters = list(letters)
    place = {letter.pk: at for at, letter in enumerate(letters)}
    rows = {}
    for recipient in (
        Recipient.objects.filter(letter__in=place)
        .select_related("person", "sent_by")
        .order_by("position", "pk")
    ):
        row = rows.setdefault(_who(recipient), _empty(recipient, len(letters)))
        row.cells[place[recipient.letter_id]] = _cell(recipient, letters[place[recipient.letter_id]])
    order = list(Recipient.Party.values)
    return [row for who, row in sorted(rows.items(), key=lambda found: order.index(found[0][0]))]


def _who(recipient):
    """One row for one person or office, however often it was written to."""
    return recipient.party, recipient.person_id or recipient.child_id or recipient.name.casefold()


def _empty(recipient, columns):
    nothing = [{"words": NOT_NAMED, "recipient": None, "letter": None} for _ in range(columns)]
    return Row(recipient.get_party_display(), recipient.name, nothing)


def _cell(recipient, letter):
    waits = recipient.is_included and recipient.sent_on is None
    return {"words": words(recipient), "recipient": recipient, "letter": letter, "waits": waits}


def words(recipient):
    """A cell in words."""
    if not recipient.is_included:
        return f"Left out: {recipient.reason}"
    way = recipient.get_how_display()
    if recipient.sent_on is None:
        return f"To go {way}: not recorded as sent yet"
    sent = f"Sent on {weekday_date(recipient.sent_on)} {way}"
    if recipient.how == Recipient.How.ON_SYSTEM:
        return sent
    return f"{sent}; proof: {recipient.proof}"


def still_to_go(rows):
    """How many are still to be posted or handed over."""
    return sum(bool(cell.get("waits")) for row in rows for cell in row.cells)
