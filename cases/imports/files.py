"""Finding the files of a return, and reading them into plain rows of words."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from cases.imports import xml_file
from cases.imports.findings import Place
from cases.imports.values import text
from cases.imports.words import COLUMNS, NEEDED, REQUIRED, SAME_AS, USED, ParsedReturn, Row, Unusable

PARTS = {"header": "header", "episodes": "episode", "reviews": "review"}
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read(path, findings):
    """The header, episode and review rows of the return at `path`, a directory or one XML file."""
    path = Path(path)
    if not path.exists():
        raise Unusable(
            f"There is nothing at {path}. Give the directory that holds the return, or its XML file."
        )
    if path.is_file():
        return xml_file.read(path, findings)
    csvs, xmls = _with_suffix(path, ".csv"), _with_suffix(path, ".xml")
    parts = {part: _part(part, csvs, path) for part in PARTS}
    if parts["header"]:
        _say_not_read([*csvs, *xmls], parts.values(), findings)
        return _from_csv(parts, findings)
    if len(xmls) == 1:
        _say_not_read(csvs, (), findings)
        return xml_file.read(xmls[0], findings)
    if xmls:
        raise Unusable(f"{path} holds {len(xmls)} XML files. Name the one to import.")
    raise Unusable(
        f"{path} holds no CSV file with “header” in its name and no XML file: there is no return in it."
    )


def _with_suffix(folder, suffix):
    return sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() == suffix)


def _part(part, files, folder):
    found = [file for file in files if PARTS[part] in file.name.lower()]
    if len(found) > 1:
        names = " and ".join(file.name for file in found)
        raise Unusable(f"{folder} holds {names}, all of them called {part}: leave the one to import.")
    return found[0] if found else None


def _say_not_read(files, read, findings):
    for file in set(files) - set(read):
        why = (
            "the CSV files beside it were"
            if file.suffix.lower() == ".xml"
            else "it is no part this import knows"
        )
        findings.add("file_not_read", Place(file.name), f"{file.name} was not read: {why}.")


def _from_csv(parts, findings):
    found = ParsedReturn()
    for part, file in parts.items():
        if file is None:
            sentence = f"The return has no {part} file: it was imported without."
            findings.add("missing_file", Place(part), sentence)
        else:
            setattr(found, part, list(_CsvFile(file, part, findings).rows()))
    return found


@dataclass
class _CsvFile:
    path: Path
    part: str
    findings: object
    columns: list = field(default_factory=list)

    def rows(self):
        reader = self._reader()
        try:
            heading = next(reader, [])
            self.columns = [_column(cell) for cell in heading]
            if not self._can_be_read():
                return
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield from self._row(cells, reader.line_num)
        except csv.Error as error:
            raise Unusable(f"{self.path.name}, line {reader.line_num}, is not CSV: {error}.") from error

    def _reader(self):
        words = _decoded(self.path.read_bytes())
        delimiter = max(",;\t", key=words.partition("\n")[0].count)
        return csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)

    def _can_be_read(self):
        """Whether the columns nothing works without are there; others that lack or abound are said once."""
        place = Place(self.path.name, 1)
        lacking = [name for name in NEEDED[self.part] if name not in self.columns]
        if lacking and self.part == "header":
            raise Unusable(
                f"{self.path.name} has no column {' and no '.join(lacking)}: no child can be read."
            )
        for name in USED[self.part]:
            if name not in self.columns:
                effect = "none of its rows could be read" if name in lacking else "it was read as empty"
                self.findings.add("missing_column", place, f"There is no column {name}: {effect}.")
        for name in self.columns:
            if name and name not in COLUMNS[self.part]:
                self.findings.add("unknown_column", place, f"The column {name} is not used.")
        return not lacking

    def _row(self, cells, line):
        """The row as words by column, unless it has lost cells that are used, or has some too many."""
        values = dict(zip(self.columns, cells, strict=False))
        row = Row(self.path.name, line, text(values.get("CHILD")), values)
        too_many = any(cell.strip() for cell in cells[len(self.columns) :])
        lost = [name for name in REQUIRED[self.part] if name in self.columns and name not in values]
        if not too_many and not lost:
            yield row
            return
        sentence = f"The row has {len(cells)} cells under {len(self.columns)} headings: it was left out."
        self.findings.add("ragged_row", row, sentence)
        yield Row(row.file, row.line, row.child, None)


def _column(cell):
    name = cell.strip().strip('"').upper()
    return SAME_AS.get(name, name)


def _decoded(content):
    """The words of a file, whichever of the encodings that spreadsheets write it has."""
    encoding = BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
