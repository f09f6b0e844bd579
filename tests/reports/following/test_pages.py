"""A view is followed on its page, shows in the inbox what it gained, and is stopped among the notices."""

from django.urls import reverse

from cases.models import Deadline
from reports.finding import views_kept
from reports.models import Following, SavedView
from tests.reports.following.steps import follow, paper, ticks, words


def test_it_is_chosen_on_the_view_shown_in_the_inbox_and_stopped_among_the_notices(
    cast, case, view, browse, it_is, new
):
    hal = browse(cast.hal)
    page = reverse("saved_view", args=[view.pk])
    assert page in hal.get(reverse("find")).content.decode()
    assert "Open the list: 1 deadline" in hal.get(page).content.decode()
    new()
    chosen = {"digest": "weekly", "is_alerted": "on"}
    for entries in (1, 0):
        assert hal.post(page, chosen).status_code == 302
        assert [entry.verb for entry, _ in new()] == ["view.followed"] * entries
    paper(case, "Timetable")
    new()
    ticks(it_is, at="12:10")
    assert f'<a class="govuk-link" href="{page}">' in hal.get(reverse("inbox")).content.decode()
    new()
    shown = hal.get(page).content.decode()
    assert "What it gained last" in shown
    [(_, records)] = new()
    assert ("case", case.key) in records
    gained = Deadline.objects.get(duty="CMH-10", subject__contains="Timetable")
    assert f"{reverse('board_deadline', args=[gained.pk])}?state=open&amp;duty=CMH-10" in shown
    settings = hal.get(reverse("inbox_settings")).content.decode()
    assert "Each week, on its first working day" in settings
    stop = reverse("view_stop", args=[view.pk])
    assert stop in settings
    new()
    for entries in (1, 0):
        assert hal.post(stop).status_code == 302
        assert [entry.verb for entry, _ in new()] == ["view.unfollowed"] * entries
    assert "stands here, with a button to stop it" in hal.get(reverse("inbox_settings")).content.decode()
    hal.post(page, {"digest": "", "is_alerted": ""})
    assert not Following.objects.exists()


def test_a_private_view_is_nobody_elses_to_follow(cast, case, view, browse):
    SavedView.objects.update(is_shared=False)
    for person in (cast.hal, cast.stranger, cast.iris):
        for url in (reverse("saved_view", args=[view.pk]), reverse("view_stop", args=[view.pk])):
            assert browse(person).post(url, {"digest": "daily"}).status_code == 404, person.name
    assert not Following.objects.exists()


def test_a_notice_of_a_view_that_was_forgotten_names_it_no_longer(cast, case, view, browse, it_is):
    follow(view, cast.hal)
    paper(case, "Timetable")
    ticks(it_is, at="12:10")
    views_kept.forget(view, by=cast.mona)
    assert words(cast.hal) == ["A saved view you can no longer open"]
    assert browse(cast.hal).get(reverse("inbox")).status_code == 200
