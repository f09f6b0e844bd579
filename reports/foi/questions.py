"""What can be asked: which rows are counted, into what they are divided, and how that is said in words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import Cast, ExtractYear

from cases.dates import weekday_date
from referrals.models import Decision, Dispute, Referral
from referrals.models.dispute import DisputeState, Theme
from reports.models import FoiRequest

Q = FoiRequest.Question
OF_REFERRALS = {Q.REFERRALS_BY_YEAR, Q.REFERRALS_BY_OUTCOME}
UNDECIDED, WITHDRAWN = "undecided", "withdrawn"
OUTCOMES = {UNDECIDED: "Not yet decided", WITHDRAWN: "Withdrawn", **dict(Decision.Action.choices)}


@dataclass(frozen=True)
class Counted:
    """A query that groups and counts, with the groups there can be and what it does in words."""

    query: object
    groups: dict
    words: str


def counted(request, user):
    """The query that answers a request, over what its reader may see: their own organisation's, restricted cases aside."""
    between = (request.from_on, request.until_on)
    if request.question in OF_REFERRALS:
        rows = Referral.objects.visible_to(user).exclude(state="draft").filter(submitted_on__range=between)
        what = "referrals that an IRO submitted to Cafcass under section 25B(3) of the Children Act 1989"
        day, by = "submitted", _of_referral(request)
    else:
        concerns = Dispute.objects.visible_to(user).filter(kind=Dispute.Kind.CONCERN)
        rows = concerns.filter(raised_on__range=between)
        what = "disputes that an IRO raised with managers of the authority (good-practice alerts left out)"
        day, by = "raised", _of_dispute(request)
    by_words, expression, groups = by
    words = (
        f"Count the {what}, {day} from {weekday_date(request.from_on)} to {weekday_date(request.until_on)}, "
        f"both days included, {by_words}. Each is counted once, however many children it is about."
    )
    query = (
        rows.order_by().annotate(part=expression).values("part").annotate(number=Count("pk")).order_by("part")
    )
    return Counted(query, groups, words)


def _of_referral(request):
    if request.question == Q.REFERRALS_BY_YEAR:
        return _by_year("submitted_on", request)
    outcome = Case(
        When(state="withdrawn", then=Value(WITHDRAWN)),
        When(action="", then=Value(UNDECIDED)),
        default=F("action"),
        output_field=CharField(),
    )
    return "by what Cafcass decided to do", outcome, OUTCOMES


def _of_dispute(request):
    if request.question == Q.DISPUTES_BY_YEAR:
        return _by_year("raised_on", request)
    if request.question == Q.DISPUTES_BY_THEME:
        return "by their theme", F("theme"), dict(Theme.choices)
    return "by how they stand or ended", F("state"), dict(DisputeState.choices)


def _by_year(column, request):
    years = range(request.from_on.year, request.until_on.year + 1)
    groups = {str(year): _year(year, request) for year in years}
    return "by calendar year", Cast(ExtractYear(column), CharField()), groups


def _year(year, request):
    """A year the request covers only in part says so."""
    begins = max(request.from_on, date(year, 1, 1))
    ends = min(request.until_on, date(year, 12, 31))
    is_whole = begins == date(year, 1, 1) and ends == date(year, 12, 31)
    return str(year) if is_whole else f"{year} (from {begins:%-d %B} to {ends:%-d %B})"
