"""A referral read: where it stands, its clocks, its papers, what the IRO wrote, and what its reader may do now."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases import recordable, worklist
from cases.dates import weekday_date
from cases.models import Deadline
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, paperfiles, questions, readiness, while_open
from referrals.models import Decision
from referrals.models.referral import ReferralState

S = ReferralState
IN_ORDER = (
    S.SUBMITTED,
    S.RECEIVED,
    S.ALLOCATED,
    S.ENQUIRIES,
    S.DECIDED,
    S.PROCEEDINGS,
    S.SETTLED,
    S.CONCLUDED,
)
ENTERED_BY = {
    S.PROCEEDINGS: (Happening.CIVIL_PROCEEDINGS_STARTED,),
    S.SETTLED: (Happening.SETTLED, Happening.JUDGMENT_GIVEN),
}
TEXTS = {
    readiness.ACCOUNT: ("concern", "history", "why_failing", "sought", "urgent_because"),
    readiness.WISHES: ("wishes", "wishes_on_court"),
    readiness.NEEDS: ("other_agencies", "communication_needs"),
}


def cafcass_legal():
    """Where a referral goes, with the contact details its own people keep up to date."""
    return Organisation.objects.filter(kind=OrganisationKind.CAFCASS_LEGAL).first()


# --- A draft ----------------------------------------------------------------------------------------------------


def tasks(referral):
    """The parts of a draft, each with the page it is written on."""
    return [task | {"url": part_url(referral, task["part"])} for task in readiness.tasks(referral)]


def part_url(referral, part):
    if part == readiness.SCREENING:
        return reverse("referral_screening", args=[referral.key])
    if part == readiness.PAPERS:
        return reverse("referral_papers", args=[referral.key])
    return reverse("referral_part", args=[referral.key, part])


def lacks(referral):
    """What still keeps a draft from being sent, each with the page that puts it right."""
    return [
        {"sentence": lack.sentence, "url": part_url(referral, lack.part)}
        for lack in readiness.lacking(referral)
    ]


def written(referral):
    """What the IRO wrote, part by part, with the page to change it on."""
    return [
        {
            "title": readiness.TITLES[part],
            "url": part_url(referral, part),
            "rows": [
                _row(referral, name) for name in names if name != "urgent_because" or referral.is_urgent
            ],
        }
        for part, names in TEXTS.items()
    ]


def _row(referral, name):
    label = "urgent, because" if name == "urgent_because" else referral._meta.get_field(name).verbose_name
    return {"key": label[0].upper() + label[1:], "value": getattr(referral, name)}


# --- Where it stands --------------------------------------------------------------------------------------------


def stages(referral):
    """Draft to conclusion, each step with its day; a referral that was withdrawn ends there."""
    steps = [*IN_ORDER[:-1], S.WITHDRAWN] if referral.state == S.WITHDRAWN else IN_ORDER
    days = _days(referral)
    now = steps.index(referral.state) if referral.state in steps else -1
    has_enquiries = referral.enquiries.exists()
    return [
        {"name": step.label, "state": _passed(step, at, now, days, has_enquiries), "on": days.get(step)}
        for at, step in enumerate(steps)
        if not (referral.state == S.WITHDRAWN and step not in days)
    ]


def _passed(step, at, now, days, has_enquiries):
    if at == now:
        return "current"
    if at > now:
        return "to_come"
    return "passed" if step in days or (step == S.ENQUIRIES and has_enquiries) else "passed_over"


def _days(referral):
    days = {
        S.SUBMITTED: referral.submitted_on,
        S.RECEIVED: referral.received_on if referral.state != S.SUBMITTED else None,
        S.ALLOCATED: referral.allocated_on,
        S.DECIDED: referral.decided_on,
    }
    if not referral.is_open:
        days[ReferralState(referral.state)] = referral.ended_on
    happenings = {happening: step for step, entered in ENTERED_BY.items() for happening in entered}
    told = referral.case.events.standing().filter(happening__in=happenings, details__referral=referral.ref)
    for event in told.order_by("-on", "-pk"):
        days[happenings[Happening(event.happening)]] = event.on
    return {step: day for step, day in days.items() if day}


def facts(referral):
    """Who has it and what was decided, for everybody who sees the case."""
    action = Decision.Action(referral.action).label if referral.action else ""
    rows = [
        {"key": "Children referred", "value": ", ".join(child.name for child in referral.children.all())},
        {"key": "Referred by", "value": f"{referral.iro.name}, {referral.iro.organisation}"},
        {"key": "Under", "value": referral.basis},
        {"key": "Practice note", "value": referral.edition},
    ]
    if referral.route:
        rows.append({"key": "Allocated to", "value": _officer(referral)})
    if action:
        rows.append({"key": "Decision", "value": action})
    return rows


def _officer(referral):
    who = (
        f"{referral.officer.name}, {referral.office or referral.officer.organisation}"
        if referral.officer
        else ""
    )
    return f"{who} ({referral.get_route_display()})" if who else referral.get_route_display()


def clocks(referral, user, *, today):
    """The deadlines of this referral, with why each date; two referrals may promise papers of the same name."""
    about = Q(subject=referral.ref) | Q(duty="REF-7", opened_by__details__referral=referral.ref)
    owed = (
        Deadline.objects.visible_to(user)
        .filter(about, case=referral.case, duty__startswith="REF-")
        .order_by("due_on", "pk")
    )
    last_days = dict(owed.values_list("pk", "act_by"))
    may = recordable.by(user, referral.case)
    return [_clock(row, last_days[row.deadlines[0]]) for row in worklist.rows(owed, today=today, may=may)]


def _clock(row, last_day):
    """A deadline as the referral's own page shows it: whose it is stands above; a weekend's date says when to act."""
    is_early = row.status == "open" and not row.lateness and last_day and last_day != row.due_on
    words = f"Act by {weekday_date(last_day)}" if is_early else row.lateness
    return replace(row, children="", case_url="", case_reference="", lateness=words)


# --- What goes with it ------------------------------------------------------------------------------------------


def papers(referral, user):
    """Each paper with its answer; a promised one with the day it came, or the page to say that it has."""
    came = while_open.provided(referral)
    may_provide = while_open.may_provide(user, referral) and referral.state != S.WITHDRAWN
    files = dict(paperfiles.by_paper(referral, user))
    rows = []
    for paper in referral.papers.all():
        is_awaited = paper.answer == "to_follow" and paper.item not in came
        url = f"{_at('referral_provide', referral)}?{urlencode({'item': paper.item})}"
        rows.append(
            {
                "paper": paper,
                "came_on": came.get(paper.item),
                "files": files.get(paper, []),
                "url": url if is_awaited and may_provide else "",
            }
        )
    return rows


def promised(referral, user):
    """Only what is to follow: its dates are everybody's, the other papers are not."""
    return [row for row in papers(referral, user) if row["paper"].answer == "to_follow"]


def answers(referral):
    """Every screening question answered, in words, with its reason."""
    kept = {row.question: row for row in referral.screening.answers.select_related("by")}
    return [
        {
            "question": asked,
            "answer": dict(asked.choices).get(kept[asked.name].answer, kept[asked.name].answer),
            "because": kept[asked.name].because,
            "by": kept[asked.name].by,
            "at": kept[asked.name].at,
        }
        for asked in questions.QUESTIONS
        if asked.name in kept
    ]


def told_to_family(referral):
    return referral.case.events.standing().filter(
        happening=Record.FAMILY_INFORMED, details__referral=referral.ref
    )


def acts(referral, user):
    """What the IRO's side may do while a referral is open."""
    if not referral.is_open:
        return []
    offered = []
    if access.may_prepare(user, referral) and not referral.rights_met.filter(is_withdrawn=None).exists():
        offered.append(
            {
                "text": "Say that the child’s rights are now met",
                "url": _at("referral_now_met", referral),
            }
        )
    if while_open.may_keep_informed(user, referral):
        offered.append(
            {"text": "Record that child and family were informed", "url": _at("referral_informed", referral)}
        )
    return offered


def pages(referral):
    """Pages of other rooms about this referral."""
    return [{"text": text, "url": _at(name, referral)} for text, name in settings.REFERRAL_PAGES]


def _at(name, referral):
    return reverse(name, args=[referral.key])
