"""Every form that records something: it opens, it is accepted once, and sent empty it says what is missing."""

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cases.access import CAFCASS_SIDE
from cases.models import Event
from cases.recordable import ELSEWHERE, PARTS_ELSEWHERE
from cases.specifications import SPECIFICATIONS
from protocol.vocabulary import Part
from tests.cases.form_steps import (
    EMPTY,
    answered,
    assert_shown,
    concluded,
    issued,
    not_started,
    pre_proceedings,
    said,
    up_to_irh,
)  # fmt: skip
from tests.cases.steps import TODAY
from tests.cast import assemble
from tests.told import fresh, told_once

pytestmark = pytest.mark.usefixtures("today")

BY_PART = {
    Part.PRE_PROCEEDINGS: pre_proceedings,
    Part.PRE_CMH: issued,
    Part.UP_TO_IRH: up_to_irh,
    Part.COMPLETION: concluded,
    Part.REVIEWS: up_to_irh,
    Part.DISPUTES: up_to_irh,
}
OTHERWISE = {
    "entered_pre_proceedings": not_started,
    "proceedings_issued": pre_proceedings,
    "concern_about_issue": issued,
}


def _has_a_page_of_its_own(name, spec):
    return spec.group in PARTS_ELSEWHERE and name in settings.ACT_PAGES


def _by_preparation():
    """The happenings that the general form records, of the case's own stages and of reviews, by the case they need."""
    sorted_out = {}
    for name, spec in SPECIFICATIONS.items():
        if spec.group in BY_PART and name not in ELSEWHERE and not _has_a_page_of_its_own(name, spec):
            sorted_out.setdefault(OTHERWISE.get(name, BY_PART[spec.group]), []).append(name)
    return sorted_out


PREPARED = _by_preparation()


@pytest.fixture(scope="module", params=PREPARED, ids=lambda prepare: prepare.__name__)
def prepared(request, django_db_setup, django_db_blocker):
    """Some happenings, with the cast and the case that they need."""

    def tell():
        cast = assemble()
        return cast, request.param(cast)

    with told_once(django_db_blocker, tell, on=TODAY) as story:
        yield PREPARED[request.param], story


@pytest.fixture
def happenings(prepared):
    return prepared[0]


@pytest.fixture
def cast_and_case(prepared, db):
    return fresh(prepared[1])


@pytest.fixture
def case(cast_and_case):
    return cast_and_case[1]


@pytest.fixture
def recorder(cast_and_case, browse):
    """The browser of somebody whose fact a happening is; a case without a guardian yet is open to their manager."""
    cast, case = cast_and_case
    has_a_guardian = case.appointments.filter(role="guardian").exists()
    authority, cafcass = browse(cast.mona), browse(cast.gwen if has_a_guardian else cast.cass)
    return lambda name: cafcass if CAFCASS_SIDE & set(SPECIFICATIONS[name].done_by) else authority


def test_every_form_opens_is_accepted_and_pressed_twice_records_once(case, recorder, subtests, happenings):
    for name in happenings:
        with subtests.test(name), transaction.atomic():
            client, address = recorder(name), reverse("record", args=[case.key, name])
            page = client.get(address)
            assert page.status_code == 200
            data = answered(page.context["form"])
            before = Event.objects.count()
            answer = client.post(address, data)
            assert answer.status_code == 302, said(answer)
            recorded = Event.objects.filter(happening=name, submission=data["submission"])
            assert recorded.exists()
            written = Event.objects.count()
            assert written > before
            client.post(address, data)
            assert Event.objects.count() == written
            transaction.set_rollback(True)


def test_every_form_sent_empty_says_what_is_missing_and_records_nothing(case, recorder, subtests, happenings):
    before = Event.objects.count()
    for name in happenings:
        with subtests.test(name):
            page = recorder(name).post(reverse("record", args=[case.key, name]), EMPTY)
            assert page.status_code == 200
            assert_shown(page, "on")
            form = page.context["form"]
            visible = {name for name, field in form.fields.items() if not form[name].is_hidden}
            required = {name for name in visible if form.fields[name].required}
            assert required <= set(form.errors)
            for field in required:
                assert_shown(page, field)
            assert Event.objects.count() == before
