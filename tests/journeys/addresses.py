"""Every named address of the product, its variable parts filled from a story."""

import re
from datetime import date

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import second_factor
from accounts.roles import PersonRole
from cases import covering, restricting, whereabouts
from cases.appointments import appoint
from cases.models import Child
from referrals import handling, while_open
from reports.annual import acts as annual
from reports.files import asking
from reports.finding import following, views_kept
from reports.foi import acts as foi
from tests.cases.files import steps as file_steps
from tests.cases.steps import opened
from tests.letters import referral_steps
from tests.referrals import advice_steps, dispute_steps, referring_steps
from tests.reports import records_steps

# The second step of signing in is looked at wherever somebody signs in by the door.
NOT_PAGES = {
    "health", "sign_out", "letter_pdf", "who_looked_export", "referral_act", "referral_letter_pdf", "recipient_pdf",
    "blank_referral_form", "referral_letter_draft", "letters_of_referral", "dispute_act", "dispute_for_child",
    "boards", "view_forget", "view_stop", "referral_advice_share", "stay", "throw_away_kept_work", "withdraw_role_change",
    "mfa_authenticate", "calendar", "answer_file_fetch", "foi_pack", "statutory_file", "feed_end", "annual_sign", "annual_file",
    "notice_acknowledge", "record_end_act", "certificate_pdf", "subject_access_pdf", "file", "referral_file",
}  # fmt: skip
# Written while a referral is a draft; every other page of a referral is read once it was sent.
OF_A_DRAFT = {
    "referral_screening", "referral_question", "referral_part", "referral_papers", "referral_submit", "referral_discard",
}  # fmt: skip
# From a child's own page, where the child is in no open case.
FOR_A_CHILD_IN_NO_CASE = {"dispute_for_child", "referral_for_child"}


def addresses(cast, story):
    """Every named address that answers to a reader, its variable parts filled from the story."""
    examples = {
        "cases/<key>/events/<int:pk>": f"cases/{story.case.key}/events/{story.event.pk}",
        "children/<key>/events/<int:pk>": f"children/{cast.amber.key}/events/{_care_event(cast)}",
        "children/<key>": f"children/{cast.amber.key}",
        "cases/<key>": f"cases/{story.case.key}",
        "boards/deadline/<int:pk>": f"boards/deadline/{story.deadline.pk}",
        "find/people/<int:pk>": f"find/people/{cast.iris.pk}",
        "find/views/<int:pk>": f"find/views/{_view(cast)}",
        "boards/deadlines/<act>": "boards/deadlines/chase",
        "deadlines/<int:pk>": f"deadlines/{story.deadline.pk}",
        "matters/<int:pk>": f"matters/{story.matter.pk}",
        "agreements/<int:pk>": f"agreements/{story.agreement.pk}",
        "people/<int:pk>": f"people/{cast.iris.pk}",
        "second-factor/<int:pk>": f"second-factor/{second_factor.of(cast.iris).first().pk}",
        "record/<happening>": "record/contact",
        "appoint/<role>": "appoint/iro",
        "protocol/<duty_id>": "protocol/END-3",
        "wordings/<kind>": "wordings/appendix_2",
        "screening/<name>": "screening/tried",
        "write/<name>": "write/account",
        "<uidb64>/<token>": f"{_uid(cast.iris)}/{default_token_generator.make_token(cast.iris)}",
    }
    examples |= _answers(cast)
    examples["disputes/<dispute_key>"] = f"disputes/{_dispute(cast, story).key}"
    examples["<act>"] = "further"
    examples["<certificate_key>"] = records_steps.a_certificate(cast).key
    examples["<uuid:pk>"] = str(advice_steps.a_call(cast).pk)
    examples["rota/<on>"] = f"rota/{timezone.localdate()}"
    examples |= _who_sees_what(cast)
    sent, draft = _referrals(cast, story)
    files = _files(cast, story, sent)
    in_no_case = _in_no_case(cast)
    letters = referral_steps.for_pages(cast, sent)
    examples["permission/<int:pk>"] = f"permission/{_asked_of_the_court(cast, sent)}"
    for name, route in _routes(get_resolver().url_patterns):
        if name in NOT_PAGES or "draft_letter" in name or name == "letter_score":
            continue
        if name.startswith("referral_letter_") or name in ("referral_letter", "recipient_proof"):
            yield _of_a_referrals_letter(route, letters.get(name, letters["referral_letter"]))
            continue
        if "<letter_key>" in route:
            yield _of_a_letter(name, story)
            continue
        if name in FOR_A_CHILD_IN_NO_CASE:
            route = route.replace("children/<key>", f"children/{in_no_case.key}")
        route = route.replace("<referral_key>", (draft if name in OF_A_DRAFT else sent).key)
        route = route.replace("<file_key>", files.get(name, ""))
        for variable, example in examples.items():
            route = route.replace(variable, example)
        if name == "record_for_child":
            route = route.replace("record/contact", "record/became_looked_after")
        assert "<" not in route, f"/{route} ({name}): give `examples` one of its kind"
        yield f"/{route}"


def _view(cast):
    """A list Mona narrowed and follows."""
    view = views_kept.keep("Late", "band=overdue", by=cast.mona)
    following.choose(view, by=cast.mona, digest="daily", is_alerted=True)
    return view.pk


def _answers(cast):
    """Something Mona asked for: a file, an answer to a request, a year's report."""
    file = asking.ask(
        "export", by=cast.mona, title="Cases", purpose="To look at the page", list="cases", form="csv"
    )
    today = timezone.localdate()
    request = foi.take_down(
        by=cast.mona,
        reference="FOI 1",
        received_on=today,
        question="disputes_by_theme",
        from_on=today,
        until_on=today,
    )
    report = annual.begin(date(2025, 3, 31), by=cast.mona)
    return {
        "answers/files/<key>": f"answers/files/{file.key}",
        "answers/foi/<key>": f"answers/foi/{request.key}",
        "answers/annual/<key>": f"answers/annual/{report.key}",
        "sections/<name>": "sections/disputes",
        "behind/<what>": "behind/staffing",
        "answers/lists/<name>": "answers/lists/cases",
        "answers/quality/<name>": "answers/quality/without_number",
        "conformance/<duty_id>": "conformance/CMH-2",
    }


def _routes(patterns, before=""):
    for pattern in patterns:
        route = before + re.sub(r"^\^", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, route


def _of_a_letter(name, story):
    """A letter is read once it is sent, written before, sent once approved, and answered until it is."""
    case, letter = story.case, story.letter
    if name in ("letter_edit", "letter_check"):
        letter = story.draft
    elif name == "letter_send":
        letter = story.approved
    elif name == "letter_acknowledge":
        case, letter = story.corals, story.introduction
    page = name.removeprefix("letter").strip("_")
    return f"/cases/{case.key}/letters/{letter.key}/" + (f"{page}/" if page else "")


def _of_a_referrals_letter(route, letter):
    """As any letter; and the proof of sending is asked for where a copy went by hand."""
    examples = {
        "<referral_key>": letter.referral.key,
        "<letter_key>": letter.key,
        "<int:pk>": str(letter.recipients.get(party="child").pk),
    }
    for variable, example in examples.items():
        route = route.replace(variable, example)
    return f"/{route}"


def _who_sees_what(cast):
    """An address of Amber's, a cover of somebody who holds nothing, and a restricted case of its own."""
    today = timezone.localdate()
    home = whereabouts.add(
        cast.amber, by=cast.lena, kind="home", address="1 Invented Row", postcode="", audience="everybody",
        from_on=today,
    )  # fmt: skip
    cover = covering.arrange(cast.ivor, cast.iris, from_on=today, until_on=today, by=cast.mona)
    child = Child.objects.create(name="Emil Example", authority=cast.northmoor, born=date(2018, 5, 9))
    case = opened(cast, child, on=today)
    restriction = restricting.restrict(
        case, by=cast.mona, reason="Kept close.", readers=[cast.iris, cast.mona]
    )
    return {
        "whereabouts/<int:pk>": f"whereabouts/{home.pk}",
        "cover/<int:pk>": f"cover/{cover.pk}",
        "restricted/<restriction_key>": f"restricted/{restriction.key}",
    }


def _dispute(cast, story):
    """Formal, with its first manager: there is still somewhere to climb."""
    return dispute_steps.raised(cast, story.case, timezone.localdate(), formal=True)


def _referrals(cast, story):
    """One that waits for a promised paper, and a draft whose questions are answered."""
    sent = referring_steps.submitted(cast, story.case, cast.amber, chronology=10)
    return sent, referring_steps.screened(referring_steps.begun(cast, story.case, cast.blake), cast.iris)


def _files(cast, story, sent):
    """One that is held, one that was looked at, and one of a referral's papers, by the page about it."""
    event = {"event": story.case.events.filter(happening="document_received").first()}
    return {
        "file_strike_out": file_steps.with_file(story.case, by=cast.lena, **event).key,
        "file_decide": file_steps.with_file(
            story.case, by=cast.lena, name="x.pdf", found="held", **event
        ).key,
        "referral_file_strike_out": file_steps.with_paper(sent, by=cast.iris).key,
    }


def _asked_of_the_court(cast, sent):
    """Cafcass waits for the court's permission and has to decide on a change the IRO reported."""
    today = timezone.localdate()
    while_open.report_rights_met(sent, by=cast.iris, on=today, change="A social worker visits every week.")
    handling.record_permission(sent, by=cast.lex, papers="The expert’s report", asked_on=today)
    return sent.court_permissions.get().pk


def _in_no_case(cast):
    """A looked-after child of Northmoor whom Iris reviews for."""
    child = Child.objects.create(name="Dara Example", authority=cast.northmoor, born=date(2016, 5, 9))
    appoint(cast.iris, PersonRole.IRO, children=[child], on=date(2025, 12, 1), by=cast.mona)
    return child


def _care_event(cast):
    return cast.amber.events.filter(case=None, correction=None).latest("pk").pk


def _uid(user):
    return urlsafe_base64_encode(force_bytes(user.pk))
