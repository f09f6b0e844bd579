"""The witness: who did or read what, from where and when. Append-only, chained, and no feature reads it.

Every verb that changes something and every view that shows a child's record says so here, itself:

    audit.changed(by, "matter.closed", ("child", child.key), ("matter", matter.pk))     in a verb
    audit.read(request, ("case", case.key), ("child", child.key))                        in a view, before it renders
    audit.listed(request, [("child", child.key) for child in shown])                     a list, a search: one entry
    audit.exported(request, ("child", child.key), why=purpose)                           a file that leaves

- `by` is the person (or the request), None for the clock. The person of a request brings the address and the
  request's id along (`accounts.origin`), so a verb needs nothing but `by`.
- A record is a kind and a key. Never a name, never the text of a note. `why` is what a person was asked for.
- Call it inside the transaction of what it witnesses: a verb's own, or the request's (ATOMIC_REQUESTS). When the
  entry cannot be written, nothing is saved and nothing is shown.
- One act, one entry. A verb made of other verbs wraps them, and theirs are taken up into its own:

      with transaction.atomic(), audit.act(by, "dispute.raised") as act:
          record(case, Happening.DISPUTE_RAISED, …)                                      # leaves no entry of its own
          act.touched(("case", case.key), ("dispute", dispute.key))

  An act that touched nothing (a button pressed twice) leaves no entry. A verb that only calls `record` once needs
  none of this: `record` leaves the entry.
- In a view, `read` stands where the page is rendered and not where it is looked up: a form that was sent and
  saved leaves the verb's entry alone.

`seal()` is the clock's (`accounts.tasks`); `manage.py verify_audit` finds what was tampered with; `who_read`
answers who looked at a record.
"""

from accounts.audit.reading import who_read
from accounts.audit.sealing import seal
from accounts.audit.writing import act, changed, exported, listed, read

__all__ = ["act", "changed", "exported", "listed", "read", "seal", "who_read"]
