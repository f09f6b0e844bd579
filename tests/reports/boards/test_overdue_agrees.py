"""Overdue has one meaning: at midnight, over a weekend and when the clocks change, no two screens disagree on it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cases.models import Deadline
from cases.worklist import READ, status

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
# The last minute of a day and the first of the next; the nights in which the clocks go forward and back.
MOMENTS = (
    "2025-03-03T23:59", "2025-03-04T00:00", "2025-03-30T00:30", "2025-03-30T02:30", "2025-10-26T00:30",
    "2025-10-26T01:30",
)  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_board_list_and_case_list_agree_on_what_is_overdue(seeded, at, moment):
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=LONDON), tick=False):
        client, today = at(seeded.cast.mona), datetime.fromisoformat(moment).date()
        mine = Deadline.objects.visible_to(seeded.cast.mona)
        expected = sum(status(row, today) == "overdue" for row in mine.values(*READ))
        assert mine.count() > 1000
        assert expected == mine.overdue(today).count() > 100

        board = client.get("/boards/iro-service/").context["board"]
        shown = {line.label: [number.number for number in line.numbers[:2]] for line in board.by_limit.lines}
        assert sum(map(sum, shown.values())) == expected

        listed = [
            client.get(f"/boards/deadlines/?band={band}").context["number"]
            for band in ("critical", "overdue")
        ]
        assert sum(listed) == expected

        url, of_cases = "/cases/", 0
        while url:
            page = client.get(url).context["page"]
            of_cases += sum(case.overdue for case in page.cases)
            url = page.next_url
        assert of_cases == mine.filter(case__isnull=False).overdue(today).count()
