"""Another authority's numbers, keys and names in every field, filter and search that a permitted person can send.

Whatever of Southmere's is sent by Northmoor's people is neither accepted (nothing that is written holds it) nor
revealed (no answer holds a name or a text of Southmere's that was not sent). Cafcass Legal hands a referral to any
office of the country: its own choice of an officer is left out. `TEST_IN_FULL=1` sends everything to every field.
"""

import os
import re
from collections import Counter
from itertools import product

import pytest
from django import forms

from config.permissions import PAGES
from config.permissions.relations import Standing
from tests.access import examples
from tests.access.asking import Asker
from tests.access.story import FAR

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permissions")]
IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
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
SEARCHES = ("/cases/", "/children/", "/cases/new/")


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


def _marks(story):
    """What would show that something of Southmere's was shown: its children, their IRO, their words."""
    cast = story.southmere.cast
    return [
        cast.amber.name,
        cast.blake.name,
        cast.coral.name,
        cast.iris.name,
        "Quicksand under the plan of Southmere",
    ]


def _forms(story):
    """Every form of Northmoor's that somebody may send, with whoever may."""
    askers = {}
    for example in examples.every(story, PAGES.values()):
        page = example.page
        if example.world != "northmoor" or page.writes is None:
            continue
        for seat in _senders(story):
            standing = Standing(seat.person.role, examples.relation(seat, example))
            if page.may("POST", standing, seat.person.organisation.kind):
                yield example, askers.setdefault(seat.person.pk, Asker(seat.person))
                break


def _senders(story):
    people = [getattr(story.northmoor.cast, name) for name in SENDERS]
    seats = sorted(
        story.seats, key=lambda seat: people.index(seat.person) if seat.person in people else len(people)
    )
    return [seat for seat in seats if seat.world in ("northmoor", "both")]


def _open_form(asker, example):
    """The form of a page and what it would send untouched; nothing where the page is a button."""
    answer = asker.ask("GET", example.url)
    context = answer.response.context
    found = context.get("form") if context is not None and answer.status == 200 else None
    if not isinstance(found, forms.BaseForm):
        return None, {}
    return found, {name: value for name in found.fields for name, value in _sent(found, name)}


def _sent(form, name):
    value, field = form[name].value(), form.fields[name]
    if isinstance(field.widget, forms.MultiWidget):
        parts = field.widget.decompress(value) if not isinstance(value, list) else value
        yield from (
            (f"{name}_{suffix}", part) for suffix, part in zip(("day", "month", "year"), parts, strict=False)
        )
    elif value is not None:
        yield name, value
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        known = [key for key, _ in field.choices if key]
        yield name, known[0] if known else ""
    elif isinstance(field, forms.CharField):
        yield name, "Something was typed."


def _takes_ids(field):
    return (
        isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.UUIDField)
        or field.widget.is_hidden
    )


def _accepted(answer, sent):
    """What was written that holds what was sent, sessions aside."""
    holds = re.compile(rf"(?<![\w-]){re.escape(sent)}(?![\w-])")
    return [sql for sql, params in answer.wrote if any(holds.search(str(one)) for one in params or ())]


def test_no_field_takes_what_is_another_authoritys(story):
    theirs, marks, counted, faults = _theirs(story), _marks(story), Counter(), []
    for place, (example, asker) in enumerate(_forms(story)):
        form, body = _open_form(asker, example)
        for name, field in form.fields.items() if form else ():
            if not _takes_ids(field) or (name == "officer" and asker.person.role == "cafcass_legal"):
                continue
            for sent in theirs if IN_FULL else theirs[place % 11 :: 11]:
                counted["sent"] += 1
                answer = asker.ask("POST", example.url, {**body, name: sent})
                if answer.status >= 500:
                    faults.append(f"{example.url} {name}={sent}: {answer.status}")
                if _accepted(answer, sent):
                    faults.append(f"{example.url} {name}={sent}: ACCEPTED {_accepted(answer, sent)[0][:80]}")
                if asker.person.role != "cafcass_legal" and any(mark in answer.text for mark in marks):
                    faults.append(f"{example.url} {name}={sent}: REVEALED")
        counted["forms"] += bool(form)
    assert not faults, "\n".join(faults)
    assert counted["forms"] > 60, counted
    assert counted["sent"] > 120, counted


def test_a_version_of_a_decision_nobody_has_written_is_refused_in_words(story):
    asker = Asker(story.northmoor.cast.hugo)
    answer = asker.ask("POST", f"/referrals/{story.northmoor.main.referral.key}/decision/", {"version": FAR})
    assert answer.status == 200
    assert "Nothing you typed is lost" in answer.text


def test_no_filter_and_no_search_reveals_what_is_another_authoritys(story):
    theirs, marks, faults = _theirs(story), _marks(story), []
    for place, example in enumerate(examples.every(story, PAGES.values())):
        if example.world != "northmoor" or example.page.reads is None or example.kind == "quiet":
            continue
        if place % 3 and not IN_FULL:
            continue
        for seat in _senders(story):
            standing = Standing(seat.person.role, examples.relation(seat, example))
            if seat.person.role != "cafcass_legal" and example.page.may("GET", standing, "authority"):
                query = {name: theirs[(place + number) % len(theirs)] for number, name in enumerate(FILTERS)}
                answer = Asker(seat.person).ask("GET", example.url, query)
                if answer.status >= 500 or any(mark in answer.text for mark in marks):
                    faults.append(f"{example.url} {query}: {answer.status}")
                break
    for name in ("iris", "gwen", "lena"):
        asker = Asker(getattr(story.northmoor.cast, name))
        for address, mark in product(SEARCHES, marks):
            asker.client.post(address, {"words": mark})
            shown = asker.client.get(f"{address}?search=1").content.decode()
            if "Southmere" in shown.replace(mark, "") or story.southmere.main.case.key in shown:
                faults.append(f"{address} {mark}")
    assert not faults, "\n".join(faults)


# --- A planted fault turns each check red ------------------------------------------------------------------------


def test_a_choice_of_everybodys_people_is_found(story, monkeypatch):
    """An appointment whose form offers the whole country, and whose verb believes it."""
    from accounts.models import User
    from cases.forms.appointing import AppointForm

    kept = AppointForm.__init__

    def offers_everybody(form, *args, **kwargs):
        kept(form, *args, **kwargs)
        form.fields["person"].queryset = User.objects.all()

    monkeypatch.setattr(AppointForm, "__init__", offers_everybody)
    asker = Asker(story.northmoor.cast.mona)
    [example] = [
        one
        for one in examples.every(story, [PAGES["appoint", "iro"]])
        if (one.world, one.kind) == ("northmoor", "main")
    ]
    answer = asker.ask("GET", example.url)
    assert any(mark in answer.text for mark in _marks(story))
