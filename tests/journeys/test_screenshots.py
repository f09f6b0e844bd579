"""The pictures in the README: `make screenshots` keeps them, any other run only sees that they can be taken.

The day and the keys stand still, so that a picture changes only when its page does.
"""

import io
import os
import random
from pathlib import Path

import pytest
from PIL import Image

from cases.models import keys
from tests.journeys import stories

pytestmark = pytest.mark.needs_browser
SCREEN = {"width": 1200, "height": 960}
PICTURE = {"x": 0, "y": 0, "width": 1200, "height": 1340}
MOST = 200_000


@pytest.fixture
def story(cast, calendar, monkeypatch):
    monkeypatch.setattr(keys.secrets, "choice", random.Random(46).choice)  # noqa: S311
    return stories.tell(cast, calendar)


def test_the_pages_of_the_readme_can_be_pictured(cast, story, at_a_browser):
    iris, gwen = (at_a_browser(user, screen=SCREEN).is_signed_in() for user in (cast.iris, cast.gwen))
    pictures = {
        "my_work": iris.opens("/"),
        "case": gwen.opens(f"/cases/{story.corals.key}/"),
    }
    taken = {name: _picture(person) for name, person in pictures.items()}
    taken["why"] = _picture(iris.opens(f"/deadlines/{story.deadline.pk}/why/"))
    taken["appendix_2"] = _picture(gwen.opens(f"/cases/{story.case.key}/letters/{story.letter.key}/"))
    for name, picture in taken.items():
        assert len(picture) < MOST, f"{name}.png has {len(picture):,} bytes"
    if folder := os.environ.get("SCREENSHOTS"):
        for name, picture in taken.items():
            (Path(folder) / f"{name}.png").write_bytes(picture)


def _picture(person):
    """The upper part of the page, in the few colours a page has."""
    seen = Image.open(io.BytesIO(person.page.screenshot(full_page=True, clip=PICTURE)))
    small = io.BytesIO()
    seen.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()
