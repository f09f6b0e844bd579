"""Run twice it changes nothing; next year's return updates; what a person recorded stands."""

import random
from datetime import date, timedelta

import pytest
import time_machine

from cases.actions import correct, record
from cases.models import Child, Deadline, Event, Miss, PeriodOfCare
from cases.opening import open_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
TABLES = (Child, PeriodOfCare, Event, Deadline, Miss)


@pytest.fixture
def autumn():
    with time_machine.travel("2024-11-20 10:00", tick=False):
        yield


@pytest.fixture
def last_year(a_return):
    """A child in care since June 2023 with two reviews, as the return of March 2024 told it."""
    a_return.child("101").episode("101", "05/06/2023", ls="C1")
    return a_return.review("101", "26/06/2023", "PN1").review("101", "20/09/2023", "PN2")


def everything():
    """Every row of every table the import writes."""
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


def child():
    return Child.objects.get(return_id="101")


def standing(happening):
    events = Event.objects.standing().filter(child__return_id="101", happening=happening).order_by("on")
    return [event.on.isoformat() for event in events]


def a_generated_return(folder, seed, children=60):
    """Care as untidy as it comes: moves, gaps, orders, overlaps, missing ends, reviews at any time."""
    dice, made = random.Random(seed), folder  # noqa: S311
    for number in range(1, children + 1):
        born = date(2005, 1, 1) + timedelta(days=dice.randrange(6500))
        made.child(str(number), _day(born), dice.choice("12MFU"))
        day = max(born, date(2023, 4, 1)) + timedelta(days=dice.randrange(200))
        for _ in range(dice.choice([0, 1, 1, 2, 3, 4])):
            end = day + timedelta(days=dice.randrange(90))
            is_open = dice.random() < 0.2
            made.episode(
                str(number), _day(day), dice.choice("SPTLBU"), dice.choice(["C1", "C2", "E1", "V2", "V4", "Q1"]),
                dice.choice(["U4", "K1", "A3", "A5", "A6"]), "" if is_open else _day(end),
                dice.choice(["X1", "X1", "X1", "E4A", ""]),
            )  # fmt: skip
            day = end + timedelta(days=dice.choice([0, 0, 0, 1, 30, -5]))
        for _ in range(dice.randrange(6)):
            on = date(2023, 4, 1) + timedelta(days=dice.randrange(700))
            made.review(str(number), _day(on), f"PN{dice.randrange(8)}")
    return made


def _day(day):
    return f"{day:%d/%m/%Y}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twice_changes_nothing(count, run, a_return, stored_is_rebuilt, seed):
    folder = a_generated_return(a_return, seed).write()
    first = count(folder)
    before = everything()
    stored_is_rebuilt()
    assert count(folder) == first
    assert everything() == before
    assert "Nothing changed" in run(folder).out


@pytest.mark.parametrize("seed", [4, 5])
def test_another_year_settles_too(count, a_return, next_year, stored_is_rebuilt, seed):
    count(a_generated_return(a_return, seed).write())
    folder = a_generated_return(next_year, seed + 100).write()
    first = count(folder)
    before = everything()
    stored_is_rebuilt()
    assert count(folder) == first
    assert everything() == before


def test_a_rehearsal_counts_the_same_and_writes_nothing(count, run, a_return, settings):
    folder = a_generated_return(a_return, 6).write()
    before = everything()
    rehearsed = count(folder, "--dry-run")
    assert "would have added" in run(folder, "--dry-run").out
    assert everything() == before
    assert not list(settings.VAR_DIR.iterdir())
    assert count(folder) == rehearsed
    assert "Nothing would change" in run(folder, "--dry-run").out


def test_next_year_adds_what_happened_since(count, last_year, next_year, stored_is_rebuilt):
    count(last_year.write())
    next_year.child("101").child("102").episode("101", "05/06/2023", ls="C1", ended="08/04/2024", rec="X1")
    next_year.episode("101", "08/04/2024", rne="L", ls="C2", ended="07/10/2024", rec="E4A")
    next_year.review("101", "18/04/2024", "PN2").episode("102", "04/11/2024")
    counted = count(next_year.write())
    assert counted["periods"] == 2
    assert standing("became_looked_after") == ["2023-06-05"]
    assert standing("legal_status_changed") == ["2024-04-08"]
    assert standing("ceased_to_be_looked_after") == ["2024-10-07"]
    assert standing("review_held") == ["2023-06-26", "2023-09-20", "2024-04-18"]
    assert not Event.objects.filter(happening="struck_out").exists()
    stored_is_rebuilt()


def test_a_later_episode_of_a_known_period_is_no_new_period(count, last_year, next_year):
    count(last_year.write())
    next_year.child("101").episode("101", "10/06/2024", rne="P", ls="C1")
    assert "began_earlier" not in count(next_year.write())["findings"]
    assert standing("became_looked_after") == ["2023-06-05"]
    assert PeriodOfCare.objects.count() == 1


def test_a_start_next_year_ends_what_was_left_open(count, last_year, next_year, stored_is_rebuilt):
    count(last_year.write())
    next_year.child("101").episode("101", "10/06/2024", rne="S", ls="V2")
    assert count(next_year.write())["findings"]["start_without_end"] == 1
    assert standing("ceased_to_be_looked_after") == ["2024-06-09"]
    assert standing("became_looked_after") == ["2023-06-05", "2024-06-10"]
    stored_is_rebuilt()
    before = everything()
    count(next_year.folder)
    assert everything() == before


def test_what_the_return_takes_back_is_struck_out_and_never_deleted(count, run, last_year, stored_is_rebuilt):
    last_year.reviews[1:] = []
    last_year.review("101", "20/09/2023", "PN2").review("101", "18/03/2024")
    last_year.episodes[0][7:9] = ["08/01/2024", "E4A"]
    count(last_year.write())
    events = Event.objects.count()
    last_year.reviews.pop()
    last_year.episodes[0][7:9] = ["", ""]
    assert "struck out 2" in run(last_year.write()).out
    assert standing("ceased_to_be_looked_after") == []
    assert standing("review_held") == ["2023-06-26", "2023-09-20"]
    struck = Event.objects.filter(happening="struck_out")
    assert {event.note for event in struck} == {"No longer in the return for the year to 31 March 2024."}
    assert Event.objects.count() == events + 2
    stored_is_rebuilt()


def test_what_the_return_puts_right_takes_the_place_of_what_it_said(count, last_year, stored_is_rebuilt):
    count(last_year.write())
    last_year.episodes[0][3] = "C2"
    last_year.reviews[0][3] = "PN6"
    count(last_year.write())
    review = Event.objects.standing().get(happening="review_held", on="2023-06-26")
    assert review.particulars == {"participation": "PN6"}
    assert review.corrects.particulars == {"participation": "PN1"}
    assert PeriodOfCare.objects.get().legal_status == "C2 full care order"
    stored_is_rebuilt()


def test_an_older_fact_is_not_gone_because_a_later_return_starts_later(count, last_year, next_year):
    count(last_year.write())
    count(next_year.child("101").episode("101", "10/06/2024", rne="P", ls="C1").write())
    assert standing("review_held") == ["2023-06-26", "2023-09-20"]


def test_a_row_that_cannot_be_read_strikes_nothing_out(count, last_year):
    count(last_year.write())
    last_year.episodes[0][1] = "05/66/2023"
    last_year.reviews[1][2] = "soon"
    count(last_year.write())
    assert standing("became_looked_after") == ["2023-06-05"]
    assert len(standing("review_held")) == 2


def test_a_child_who_is_not_in_the_next_return_is_pointed_out(count, last_year, next_year):
    count(last_year.write())
    counted = count(next_year.child("102").episode("102", "10/06/2024").write())
    assert counted["findings"]["not_in_this_return"] == 1


def test_a_name_somebody_typed_is_never_overwritten(count, last_year):
    count(last_year.write())
    Child.objects.filter(return_id="101").update(name="Daisy Example")
    last_year.header[0][2] = "03/04/2015"
    assert count(last_year.write())["findings"]["differs_from_record"] == 1
    assert (child().name, child().born) == ("Daisy Example", date(2015, 4, 2))


def test_the_return_corrects_the_birth_of_a_child_nobody_has_named(count, last_year):
    count(last_year.write())
    last_year.header[0][1:3] = ["1", "03/04/2015"]
    count(last_year.write())
    assert (child().born, child().sex) == (date(2015, 4, 3), "M")


def typed(happening, on, cast, **details):
    record(child(), happening, on=on, by=cast.mona, children=[child()], details=details)


def test_what_a_person_recorded_is_not_recorded_again(count, a_return, cast):
    count(a_return.child("101").write())
    typed("became_looked_after", date(2023, 6, 5), cast, legal_status="C1 interim care order")
    a_return.episode("101", "05/06/2023", ls="C1")
    assert "differs_from_record" not in count(a_return.write())["findings"]
    assert standing("became_looked_after") == ["2023-06-05"]


@pytest.mark.parametrize("on", [date(2023, 6, 2), date(2023, 6, 7), date(2023, 5, 1), date(2023, 9, 1)])
def test_a_beginning_of_care_that_a_person_recorded_stands(count, a_return, cast, stored_is_rebuilt, on):
    count(a_return.child("101").write())
    typed("became_looked_after", on, cast, legal_status="C1 interim care order")
    assert (
        count(a_return.episode("101", "05/06/2023", ls="C1").write())["findings"]["differs_from_record"] == 1
    )
    assert standing("became_looked_after") == [on.isoformat()]
    stored_is_rebuilt()


def test_an_end_of_care_that_a_person_recorded_stands(count, last_year, cast):
    count(last_year.write())
    typed("ceased_to_be_looked_after", date(2024, 1, 15), cast)
    assert count(last_year.folder)["findings"]["differs_from_record"] == 1
    last_year.episodes[0][7:9] = ["08/01/2024", "E4A"]
    assert count(last_year.write())["findings"]["differs_from_record"] == 1
    assert standing("ceased_to_be_looked_after") == ["2024-01-15"]


def test_what_a_person_struck_out_does_not_come_back(count, last_year, cast):
    count(last_year.write())
    wrong = Event.objects.get(happening="review_held", on="2023-09-20")
    correct(wrong, by=cast.mona, reason="It was called off.")
    assert count(last_year.folder)["findings"]["differs_from_record"] == 1
    assert standing("review_held") == ["2023-06-26"]


def test_a_review_a_person_recorded_next_to_the_day_is_the_same_review(count, a_return, cast):
    count(a_return.child("101").episode("101", "05/06/2023", ls="C1").write())
    typed("review_held", date(2023, 6, 27), cast, review="2023-06-27", significant_issues=True)
    counted = count(a_return.review("101", "26/06/2023").write())
    assert counted["findings"]["differs_from_record"] == 1
    assert standing("review_held") == ["2023-06-27"]


def test_the_case_of_a_child_shows_the_care_that_was_imported(count, last_year, cast, stored_is_rebuilt):
    last_year.episodes.clear()
    last_year.reviews.clear()
    count(last_year.write())
    case = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[child()], entering="proceedings_issued",
        on=date(2023, 7, 3), by=cast.lena,
    )  # fmt: skip
    assert not Deadline.objects.filter(case=case, duty="CMH-12").exists()
    count(last_year.episode("101", "05/06/2023", ls="C1").write())
    assert Deadline.objects.filter(case=case, duty="CMH-12", child=child()).exists()
    stored_is_rebuilt()


def test_a_miss_is_annulled_when_the_return_tells_of_a_review_in_time(count, a_return, last_year):
    last_year.reviews.clear()
    count(last_year.write())
    assert Miss.objects.get().annulled_by is None
    count(last_year.review("101", "26/06/2023").write())
    first = Miss.objects.get(duty="REV-1")
    assert first.annulled_by.happening == "review_held"


def test_what_the_rules_refuse_of_one_child_stops_no_other(count, last_year, monkeypatch, stored_is_rebuilt):
    from cases import projection
    from protocol.faults import Malformed

    played = projection.play_child

    def refusing(who, *care):
        if who.return_id == "666":
            raise Malformed("this cannot be.")
        return played(who, *care)

    last_year.child("666").episode("666", "05/06/2023")
    monkeypatch.setattr(projection, "play_child", refusing)
    assert count(last_year.write())["findings"]["refused"] == 1
    monkeypatch.undo()
    assert standing("became_looked_after") == ["2023-06-05"]
    assert not Event.objects.filter(child__return_id="666").exists()
    stored_is_rebuilt()
