"""The worked examples and the readings of the rules come out as their files say."""

from __future__ import annotations

import pytest

from protocol.scenario import MALFORMED, PLAYED, play_file
from tests.protocol.scenario_files import BROKEN, PLAYABLE


@pytest.mark.parametrize("path", PLAYABLE, ids=lambda path: path.stem)
def test_a_scenario_comes_out_as_its_file_says(path):
    said: list[str] = []
    assert play_file(path, check=True, say=said.append, complain=said.append) == PLAYED, "\n".join(said)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_malformed_scenario_is_refused_in_one_line_that_names_the_file(path):
    said: list[str] = []
    assert play_file(path, check=True, say=said.append, complain=said.append) == MALFORMED
    [line] = said
    assert line.startswith(str(path))
    assert "\n" not in line
