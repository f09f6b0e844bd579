"""Stories in chapters: each is told once for as long as one test of a file after another goes on from it.

A test names the chapters it needs as it names fixtures, and a chapter those that go before it. Each stands in a
savepoint: what the next test does not ask for is taken back, and the rest is not told again. What a test itself
did is undone as ever, and it gets objects of its own. Not for tests that really commit (`transactional_db`): they
would wipe the story away.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from itertools import count, takewhile
from typing import Any

import pytest

from tests.told import fresh, told_once

numbers = count()


@dataclass(frozen=True)
class Chapter:
    """What `tell` gives when it is told on a day that stands still."""

    number: int
    name: str
    tell: Any
    on: str
    at: str

    def told_after(self, story):
        """The story with this chapter at its end."""
        story = fresh(story)
        given = self.tell(**{name: story[name] for name in signature(self.tell).parameters})
        return {**story, self.name: given}


def chapter(*, on, at="12:00"):
    """Make a chapter of a function: a fixture that has already happened. Its arguments are earlier chapters."""

    def declare(tell):
        def of_the_scene(**given):
            return given["scene"][tell.__name__]

        asked = ("scene", *signature(tell).parameters)
        of_the_scene.__signature__ = Signature(Parameter(name, Parameter.KEYWORD_ONLY) for name in asked)
        of_the_scene.__doc__ = tell.__doc__
        of_the_scene.chapter = Chapter(next(numbers), tell.__name__, tell, on, at)
        return pytest.fixture(name=tell.__name__)(of_the_scene)

    return declare


def pytest_generate_tests(metafunc):
    """Every test says beforehand which chapters it needs."""
    if "_told" in metafunc.fixturenames:
        fixtures = [found[-1].func for found in metafunc._arg2fixturedefs.values()]
        asked = [fixture.chapter for fixture in fixtures if hasattr(fixture, "chapter")]
        in_order = tuple(sorted(asked, key=lambda chapter: chapter.number))
        metafunc.parametrize("_told", [in_order], indirect=True, ids=[pytest.HIDDEN_PARAM])


class Telling:
    """Goes on from what the next test has in common with the last, and takes back the rest of the last."""

    def __init__(self, blocker):
        self.blocker, self.told = blocker, []

    def story_of(self, chapters):
        both = zip(self.told, chapters, strict=False)
        self.take_back(all_after=len(list(takewhile(lambda pair: pair[0][0] is pair[1], both))))
        for chapter in chapters[len(self.told) :]:
            self._tell(chapter)
        return self.told[-1][1] if self.told else {}

    def _tell(self, chapter):
        before, taken_back = self.told[-1][1] if self.told else {}, ExitStack()
        once = told_once(self.blocker, lambda: chapter.told_after(before), on=chapter.on, at=chapter.at)
        self.told.append((chapter, taken_back.enter_context(once), taken_back))

    def take_back(self, all_after=0):
        while len(self.told) > all_after:
            self.told.pop()[2].close()


@pytest.fixture(scope="module")
def _telling(django_db_setup, django_db_blocker):
    telling = Telling(django_db_blocker)
    yield telling
    telling.take_back()


@pytest.fixture(scope="module")
def _told(_telling, request):
    return _telling.story_of(request.param)


@pytest.fixture
def scene(_told, db):
    """Everything the chapters gave, by their names, in one copy: who appears twice in it is the same object."""
    return fresh(_told)
