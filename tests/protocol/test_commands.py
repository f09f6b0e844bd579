"""The two commands are there, touch no database, and exit as they say."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

EXAMPLE = "protocol/examples/papers_and_allocation_at_issue.toml"


def test_the_catalogue_comes_as_a_json_list():
    out = StringIO()
    call_command("duties", "--json", stdout=out)
    duties = json.loads(out.getvalue())
    assert len(duties) == 108
    assert {"id", "stage", "owed_by", "kind", "sentence", "source", "target"} <= set(duties[0])


def test_the_catalogue_reads_as_plain_lines_too():
    out = StringIO()
    call_command("duties", stdout=out)
    assert "CMH-2: The IRO service must allocate an IRO" in out.getvalue()


def test_an_example_plays_and_is_as_it_expects():
    out = StringIO()
    call_command("scenario", EXAMPLE, "--check", stdout=out)
    assert out.getvalue() == ""


def test_a_malformed_file_exits_2_with_one_line(tmp_path):
    broken, complained = tmp_path / "broken.toml", StringIO()
    broken.write_text("as_of = 2026-01-01\ncolour = 1\n")
    with pytest.raises(SystemExit) as exit:
        call_command("scenario", str(broken), stderr=complained)
    assert exit.value.code == 2
    assert complained.getvalue().count("\n") == 1
