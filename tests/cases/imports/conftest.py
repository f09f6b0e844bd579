"""A return written by the test that imports it: every line of it can be read beside what is expected."""

import csv
import io
import json
from collections import namedtuple
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.management import call_command

from tests.cast import assemble

HEADER = ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
EPISODES = [
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
    "HOME_POST", "PL_POST", "URN",
]  # fmt: skip
REVIEWS = ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]
Imported = namedtuple("Imported", "out err")


@dataclass
class AReturn:
    """Rows as they would stand in the files; `write` and `write_xml` make the files."""

    folder: Path
    header: list = field(default_factory=list)
    episodes: list = field(default_factory=list)
    reviews: list = field(default_factory=list)

    def child(self, number, born="02/04/2015", sex="2"):
        self.header.append([number, sex, born, "WBRI", "D0519106", "", ""])
        return self

    def episode(self, number, began, rne="S", ls="C2", place="U4", ended="", rec=""):
        cells = [number, began, rne, ls, "N1", place, "PR1", ended, rec, "", "", "", "4244474"]
        self.episodes.append(cells)
        return self

    def review(self, number, on, code="PN1", born=""):
        self.reviews.append([number, born, on, code])
        return self

    def write(self):
        self.folder.mkdir(exist_ok=True)
        for name in ("header", "episodes", "reviews"):
            (self.folder / f"{name}.csv").write_text(self.csv(name), encoding="utf-8")
        return self.folder

    def csv(self, name, line_end="\n"):
        headings = {"header": HEADER, "episodes": EPISODES, "reviews": REVIEWS}[name]
        words = io.StringIO()
        csv.writer(words, lineterminator=line_end).writerows([headings, *getattr(self, name)])
        return words.getvalue()

    def write_xml(self):
        path = self.folder.with_suffix(".xml")
        path.write_text(
            f"<EXPSSDA903>{''.join(map(self._child, self.header))}</EXPSSDA903>", encoding="utf-8"
        )
        return path

    def _child(self, cells):
        number = cells[0]
        header = _elements(["CHILDID", *HEADER[1:]], cells) + "".join(
            f"<AREVIEW>{_elements(REVIEWS[2:], row[2:])}</AREVIEW>"
            for row in self.reviews
            if row[0] == number
        )
        names = ["PL" if name == "PLACE" else name for name in EPISODES]
        episodes = "".join(
            f"<EPISODE>{_elements(names[1:], row[1:])}</EPISODE>" for row in self.episodes if row[0] == number
        )
        return f"<CHILD><HEADER>{header}</HEADER>\n{episodes}</CHILD>"


def _elements(names, cells):
    return "".join(f"<{name}>{escape(cell)}</{name}>" for name, cell in zip(names, cells, strict=True))


@pytest.fixture
def cast(db):
    return assemble()


@pytest.fixture
def a_return(tmp_path):
    return AReturn(tmp_path / "this year")


@pytest.fixture
def next_year(tmp_path):
    return AReturn(tmp_path / "next year")


@pytest.fixture
def run(cast, settings, tmp_path):
    """Run the command for Northmoor; what it printed, and what it said on the side."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()

    def _run(path, *options, authority=cast.northmoor.name):
        out, err = io.StringIO(), io.StringIO()
        call_command("import_ssda903", str(path), "--authority", authority, *options, stdout=out, stderr=err)
        return Imported(out.getvalue(), err.getvalue())

    return _run


@pytest.fixture
def count(run):
    """Run the command and return its counts."""
    return lambda path, *options: json.loads(run(path, "--json", *options).out)


@pytest.fixture
def stored_is_rebuilt():
    """The proof that everything stored is what the chronologies say."""

    def _check():
        out = io.StringIO()
        call_command("rebuild_deadlines", "--check", stdout=out)
        assert " 0 differences" in out.getvalue()

    return _check
