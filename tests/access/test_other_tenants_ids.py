"""Another authority's numbers, keys and names in every field, filter and search that a permitted person can send.

Whatever of Southmere's is sent by Northmoor's people is neither accepted (nothing that is written holds it) nor
revealed (no answer holds a name or a text of Southmere's that was not sent). The fields are read off the pages as they
are drawn, so that a new form is tried by being there. Any Cafcass office of the country may be a case's, and
Cafcass Legal hands a referral to any of them: these two choices are left out. `TEST_IN_FULL=1` sends everything to
every field.
"""

import re
import sys
from collections import Counter
from itertools import count, product

import pytest

from config.permissions import PAGES
from config.permissions.relations import Standing
from tests.access import examples, reading
from tests.access.story import FAR
from tests.in_full import IN_FULL

pytestmark = [pytest.mark.django_db]
# Whom a page is opened as, the first of them who may: between them they open every form of an authority's case.
SENDERS = ("iris", "mona", "lena", "tess", "hal", "gwen", "cass", "hugo", "lex")
FILTERS = (
    "search",
    "after",
    "show",
    "stage",
    "dispute",
    "referral",
    "item",
    "child",
    "children",
    "happening",
    "person",
    "as",
)
SEARCHES = ("/cases/", "/children/", "/cases/new/", "/find/")
CHOSEN = {"select", "radio", "checkbox", "hidden"}
NO_ROW = {"csrfmiddlewaretoken", "submission"}


def _theirs(story):
    """What of Southmere's could be sent, by kind."""
    world = story.southmere
    quiet, main = world.quiet, world.main
    numbers = [
        world.cast.amber.pk, world.cast.iris.pk, world.cast.gwen.pk, main.case.pk, main.dispute.pk, main.referral.pk,
        world.agreement.pk, main.matter.pk, main.events["care"].pk, world.cast.cafcass.pk,
    ]  # fmt: skip
    keys = [
        quiet.child.key,
        world.cast.amber.key,
        main.case.key,
        main.dispute.key,
        main.draft.key,
        str(world.note.pk),
    ]
    assert all(number > FAR for number in numbers)
    return [*map(str, numbers), *keys]


def _opened(story, askers):
    """Every form of Northmoor's, read off its page as it is drawn, with whoever may send it."""
    for example in examples.every(story, PAGES.values()):
        page = example.page
        if example.world != "northmoor" or page.reads is None or page.writes is None:
            continue
        for seat in _senders(story):
            standing = Standing(seat.person.role, examples.relation(seat, example))
            if page.may("POST", standing, seat.person.organisation.kind):
                asker, url = askers[seat.person.pk], example.address(seat)
                for form in reading.Page(asker.ask("GET", url).text, url).forms:
                    if form.method == "post" and form.action == url:
                        yield page, asker, form
                break


def _senders(story):
    people = [getattr(story.northmoor.cast, name) for name in SENDERS]
    seats = sorted(
        story.seats, key=lambda seat: people.index(seat.person) if seat.person in people else len(people)
    )
    return [seat for seat in seats if seat.world in ("northmoor", "both")]


def _names_a_row(field, person):
    """What is chosen or handed back unseen; what is typed names nothing but a reference."""
    of_the_country = {"cafcass_office"} | ({"officer"} if person.role == "cafcass_legal" else set())
    return field.kind in CHOSEN and field.name not in NO_ROW | of_the_country


def _fitting(story, field, place):
    """Of Southmere's what such a field takes, and one more in turn; in full everything."""
    theirs, world = _theirs(story), story.southmere
    if IN_FULL:
        return theirs
    fitting = {
        "person": world.cast.iris, "officer": world.cast.gwen, "iro": world.cast.iris, "manager": world.cast.mona,
        "absent": world.cast.iris, "covering": world.cast.ivor, "child": world.cast.amber, "case": world.main.case,
        "office": world.cast.cafcass, "authority": world.cast.northmoor, "reader": world.cast.iris,
    }  # fmt: skip
    meant = [str(row.pk) for word, row in fitting.items() if word in field.name]
    return list(dict.fromkeys([*meant, theirs[place % len(theirs)]]))


def _accepted(answer, sent):
    """What was written that holds what was sent, sessions aside."""
    holds = re.compile(rf"(?<![\w-]){re.escape(sent)}(?![\w-])")
    return [sql for sql, params in answer.wrote if any(holds.search(str(one)) for one in params or ())]


def test_no_field_takes_what_is_another_authoritys(story, askers):
    marks, place, counted, faults = story.southmere.marks, count(), Counter(), []
    for page, asker, form in _opened(story, askers):
        counted["forms"] += 1
        body = form.untouched()
        for field in form.inputs.values():
            if not _names_a_row(field, asker.person):
                continue
            for sent in _fitting(story, field, next(place)):
                counted["sent"] += 1
                answer = asker.ask("POST", form.action, body | {field.name: sent})
                faults += (
                    f"{page.key} {field.name}={sent}: {fault}"
                    for fault in _faults(asker, answer, sent, marks)
                )
    assert not faults, "\n".join(faults)
    assert counted["forms"] > 60, counted
    assert counted["sent"] > 120, counted
    sys.stdout.write(
        f"\nOf another authority: {counted['sent']} sent to the fields of {counted['forms']} forms\n"
    )


def _faults(asker, answer, sent, marks):
    if answer.status >= 500:
        yield str(answer.status)
    if written := _accepted(answer, sent):
        yield f"ACCEPTED {written[0][:80]}"
    if asker.person.role != "cafcass_legal" and any(mark in answer.text for mark in marks):
        yield "REVEALED"


def test_a_version_of_a_decision_nobody_has_written_is_refused_in_words(story, askers):
    asker = askers[story.northmoor.cast.hugo.pk]
    answer = asker.ask("POST", f"/referrals/{story.northmoor.main.referral.key}/decision/", {"version": FAR})
    assert answer.status == 200
    assert "Nothing you typed is lost" in answer.text


def test_no_filter_and_no_search_reveals_what_is_another_authoritys(story, askers):
    theirs, marks, faults = _theirs(story), story.southmere.marks, []
    for place, example in enumerate(examples.every(story, PAGES.values())):
        if example.world != "northmoor" or example.page.reads is None or example.kind == "quiet":
            continue
        if place % 3 and not IN_FULL:
            continue
        for seat in _senders(story):
            standing = Standing(seat.person.role, examples.relation(seat, example))
            if seat.person.role != "cafcass_legal" and example.page.may("GET", standing, "authority"):
                query = {name: theirs[(place + number) % len(theirs)] for number, name in enumerate(FILTERS)}
                answer = askers[seat.person.pk].ask("GET", example.url, query)
                if answer.status >= 500 or any(mark in answer.text for mark in marks):
                    faults.append(f"{example.url} {query}: {answer.status}")
                break
    for name in ("iris", "gwen", "lena"):
        asker = askers[getattr(story.northmoor.cast, name).pk]
        for address, mark in product(SEARCHES, marks):
            asker.client.post(address, {"words": mark})
            shown = asker.client.get(f"{address}?search=1").content.decode()
            if "Southmere" in shown.replace(mark, "") or story.southmere.main.case.key in shown:
                faults.append(f"{address} {mark}")
    assert not faults, "\n".join(faults)


# --- A planted fault turns each check red ------------------------------------------------------------------------


def test_a_choice_of_everybodys_people_is_found(story, askers, monkeypatch):
    """An appointment whose form offers the whole country, and whose verb believes it."""
    from accounts.models import User
    from cases.forms.appointing import AppointForm

    kept = AppointForm.__init__

    def offers_everybody(form, *args, **kwargs):
        kept(form, *args, **kwargs)
        form.fields["person"].queryset = User.objects.all()

    monkeypatch.setattr(AppointForm, "__init__", offers_everybody)
    asker = askers[story.northmoor.cast.mona.pk]
    [example] = [
        one
        for one in examples.every(story, [PAGES["appoint", "iro"]])
        if (one.world, one.kind) == ("northmoor", "main")
    ]
    answer = asker.ask("GET", example.url)
    assert any(mark in answer.text for mark in story.southmere.marks)
