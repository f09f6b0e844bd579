"""The triage board: every referral with Cafcass, in the group of what it needs most, the most urgent first.

It reads the same deadline rows as every other page. The number of queries does not grow with the referrals.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.roles import PersonRole
from cases.access import own_or_covered
from cases.models import Deadline
from cases.worklist import lateness, status
from protocol.happenings import Happening
from protocol.working_days import ENGLAND
from referrals import access, rota, sharing, witness
from referrals.handling.offers import letter
from referrals.models import Referral
from referrals.models.referral import BEING_DECIDED, OPEN, OVER, ReferralState

S = ReferralState
RECENTLY = timedelta(days=28)
# A progress report becomes what a referral needs most when it is this near.
NEAR = timedelta(days=3)
OWED = (Deadline.State.OPEN, Deadline.State.EXCUSED)
# What a referral may need, the weightier first where two fall on one day.
NEEDS = {
    "REF-9": "Allocate it",
    "REF-10": "Tell LA legal",
    "REF-12": "Decision report",
    "REF-16": "Start proceedings",
    "REF-17": "Final report",
    "REF-21": "Progress report",
}
RANK = list(NEEDS)
GROUPS = {
    "new": ("New", "A referral appears here the moment an IRO submits it."),
    "allocation": ("Awaiting allocation", "A referral waits here from its receipt until somebody has it."),
    "two_weeks": ("In the two weeks", "Allocated referrals stand here until the decision report has gone."),
    "six_weeks": ("In the six weeks", "A decision to bring proceedings stands here until they are started."),
    "reports": ("Reports due", "Final reports and progress reports appear here as they fall due."),
}
PAPERS = "Documents an IRO promised for a later day appear here until they come."
CONCLUDED = "Referrals that ended in the last four weeks appear here."


@dataclass(frozen=True)
class Need:
    """One thing owed on a referral, and the act that does it for whoever may."""

    duty: str
    words: str
    due_on: date
    status: str
    left: str
    act: dict | None = None


@dataclass
class Row:
    """A referral on the board."""

    referral: Referral
    children: str
    group: str
    needs: list = field(default_factory=list)
    flags: list = field(default_factory=list)

    @property
    def urgency(self):
        """Urgent ones first among those due on a day; what nothing is owed on comes last."""
        due = self.needs[0].due_on if self.needs else date.max
        return due, not self.referral.is_urgent, self.referral.submitted_on, self.referral.pk


@dataclass(frozen=True)
class Paper:
    """A promised document that has not come."""

    referral: Referral
    children: str
    item: str
    due_on: date
    status: str
    left: str


@dataclass(frozen=True)
class Board:
    groups: list
    papers: list
    concluded: list
    warnings: list
    is_empty: bool


def board(user, *, today):
    """Everything with Cafcass for its lawyers; for officers and managers what is with them."""
    referrals = list(_theirs(user, today))
    running = [referral for referral in referrals if referral.is_open]
    owed, promised = _owed(user, running)
    notes = sharing.outstanding_for(user, running)
    rows = sorted(
        (_row(referral, owed.get(_name(referral), []), notes, user, today) for referral in running),
        key=lambda row: row.urgency,
    )
    groups = [
        {"key": key, "name": name, "empty": empty, "rows": [row for row in rows if row.group == key]}
        for key, (name, empty) in GROUPS.items()
    ]
    return Board(
        groups=groups,
        papers=_papers(running, promised, today),
        concluded=[(referral, _children(referral)) for referral in referrals if not referral.is_open],
        warnings=rota.warnings(today) if access.is_cafcass_legal(user) else [],
        is_empty=not referrals,
    )


def records_of(board):
    """Every referral that stands on the board, for the audit trail."""
    shown = [row.referral for group in board.groups for row in group["rows"]]
    shown += [paper.referral for paper in board.papers] + [referral for referral, _ in board.concluded]
    return [record for referral in shown for record in witness.referral_about(referral)]


def _theirs(user, today):
    rows = Referral.objects.visible_to(user).exclude(state=S.DRAFT)
    if not access.is_cafcass_legal(user):
        mine = own_or_covered(user, "officer", "case")
        if user.role == PersonRole.CAFCASS_SERVICE_MANAGER:
            mine |= Q(office=user.organisation_id)
        rows = rows.filter(mine)
    recent = Q(state__in=OVER, ended_on__gte=today - RECENTLY)
    return (
        rows.filter(Q(state__in=OPEN) | recent)
        .select_related("case", "authority", "iro", "officer", "office")
        .prefetch_related("children", "rights_met")
        .order_by("submitted_on", "pk")
    )


def _owed(user, referrals):
    """What is still owed on each: by the referral's name in its case, and the promised papers apart."""
    rows = Deadline.objects.visible_to(user).filter(
        case__in={referral.case_id for referral in referrals},
        duty__in=[*NEEDS, "REF-7"],
        state__in=OWED,
        moved=False,
    )
    owed, promised = {}, {}
    for values in rows.order_by("due_on", "pk").values(
        "case_id", "duty", "subject", "due_on", "state", "met_on", "moved", "opened_by__details"
    ):
        if values["duty"] == "REF-7":
            name = values["case_id"], values["opened_by__details"]["referral"]
            promised.setdefault(name, []).append(values)
        else:
            owed.setdefault((values["case_id"], values["subject"]), []).append(values)
    return owed, promised


def _name(referral):
    return referral.case_id, referral.ref


def _row(referral, owed, notes, user, today):
    needs = [_need(referral, values, user, today) for values in owed]
    needs.sort(key=lambda need: (need.due_on, RANK.index(need.duty)))
    row = Row(referral, _children(referral), _group(referral, needs, today), needs)
    row.flags = list(_flags(referral, notes.get(referral.pk), user))
    return row


def _need(referral, values, user, today):
    return Need(
        duty=values["duty"],
        words=NEEDS[values["duty"]],
        due_on=values["due_on"],
        status=status(values, today),
        left=left(values, today),
        act=_act(referral, values["duty"], user),
    )


def left(values, today):
    """Days left in words, or how late it is, in the words of every other list."""
    if values["state"] == Deadline.State.EXCUSED:
        return "Delay explained to everybody"
    if values["due_on"] <= today:
        return lateness(values, today)
    days = ENGLAND.working_days_between(today, values["due_on"])
    return f"{days} working day{'' if days == 1 else 's'} left" if days else "Before the next working day"


def _group(referral, needs, today):
    if referral.state == S.SUBMITTED:
        return "new"
    if referral.state == S.RECEIVED:
        return "allocation"
    if referral.state in BEING_DECIDED:
        return "two_weeks"
    pressing = [need.duty for need in needs if _is_pressing(need, today)]
    return "six_weeks" if pressing[:1] == ["REF-16"] else "reports"


def _is_pressing(need, today):
    """After the decision: the claim, the final report, and a progress report once it is near."""
    return need.duty in ("REF-16", "REF-17") or (need.duty == "REF-21" and need.due_on <= today + NEAR)


def _flags(referral, notes, user):
    """What a person has to know before anything else."""
    if referral.is_urgent:
        yield {"text": "Urgent", "url": ""}
    if any(change.is_withdrawn is None for change in referral.rights_met.all()):
        url = reverse("referral_rights_met", args=[referral.key])
        yield {"text": "The IRO reports the rights met: decide whether it goes on", "url": url}
    if notes:
        count = f"{notes} advice note{'' if notes == 1 else 's'} to share with the officer"
        yield {"text": count, "url": reverse("referral_advice", args=[referral.key])}


def _act(referral, duty, user):
    if duty in ("REF-9", "REF-10"):
        return _of_triage(referral, duty) if access.may_triage(user) else None
    if not access.may_handle(user, referral) or referral.allocated_on is None:
        return None
    if duty == "REF-12":
        return _page("Write the decision", "referral_decision", referral)
    if duty == "REF-16":
        return _page("Record the start of proceedings", "referral_proceedings", referral)
    if duty == "REF-17":
        return next(letter("Send the final report", Happening.FINAL_REPORT_SENT, referral), None)
    return next(letter("Send a progress report", Happening.PROGRESS_REPORT_SENT, referral), None)


def _of_triage(referral, duty):
    if duty == "REF-10":
        return next(letter("Tell LA legal", Happening.LA_LEGAL_NOTIFIED, referral), None)
    if referral.state == S.SUBMITTED:
        return _page("Record the receipt", "referral_receive", referral)
    return _page("Allocate it", "referral_allocate", referral)


def _page(text, name, referral):
    return {"text": text, "url": reverse(name, args=[referral.key])}


def _papers(referrals, promised, today):
    papers = [
        Paper(
            referral, _children(referral), values["subject"], values["due_on"], status(values, today),
            left(values, today),
        )
        for referral in referrals
        for values in promised.get(_name(referral), [])
    ]  # fmt: skip
    return sorted(papers, key=lambda paper: (paper.due_on, paper.item))


def _children(referral):
    return ", ".join(child.name for child in referral.children.all())
