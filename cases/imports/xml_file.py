"""The XML twin of the return: CHILD holds HEADER (with CHILDID and the AREVIEWs) and EPISODEs."""

from xml.parsers import expat

from cases.imports.findings import Place
from cases.imports.values import text
from cases.imports.words import COLUMNS, SAME_AS, ParsedReturn, Row, Unusable

GROUPS = {"HEADER": "header", "EPISODE": "episodes", "AREVIEW": "reviews"}


def read(path, findings):
    reading = _Reading(path.name)
    reading.parse(path.read_bytes())
    for tag, line in sorted(reading.unused.items()):
        findings.add("unknown_column", Place(path.name, line), f"The element {tag} is not used.")
    if not reading.found.header:
        raise Unusable(f"{path.name} holds no child with a HEADER: it is no statutory return.")
    return reading.found


class _Reading:
    """Element by element, so that a finding can name its line."""

    def __init__(self, name):
        self.name = name
        self.found = ParsedReturn()
        self.unused = {}
        self.open = []
        self.rows = {}
        self.words = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self.words.append
        self.parser.EndElementHandler = self._end

    def parse(self, content):
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Unusable(
                f"{self.name}, line {error.lineno}, is not XML: {expat.ErrorString(error.code)}."
            ) from error

    def _refuse(self, *declaration):
        raise Unusable(
            f"{self.name} declares a document type, which no statutory return does: it was not read."
        )

    def _start(self, tag, attributes):
        tag = tag.rpartition(":")[2].upper()
        self.open.append(tag)
        self.words.clear()
        if tag == "CHILD":
            self.rows = {"header": [], "episodes": [], "reviews": []}
        elif tag in GROUPS and self.rows:
            self.rows[GROUPS[tag]].append((self.parser.CurrentLineNumber, {}))

    def _end(self, tag):
        tag = self.open.pop()
        if tag == "CHILD":
            self._keep()
        elif self.rows and tag not in GROUPS:
            self._value(tag)
        self.words.clear()

    def _value(self, tag):
        """A cell of the group it stands in; anything that stands elsewhere is not used, and said once."""
        group = GROUPS.get(self.open[-1])
        column = SAME_AS.get(tag, tag)
        if group and column in COLUMNS[group]:
            self.rows[group][-1][1][column] = "".join(self.words)
        elif self.open[-1] in (*GROUPS, "CHILD"):
            self.unused.setdefault(tag, self.parser.CurrentLineNumber)

    def _keep(self):
        """One child is complete: its reviews and episodes carry its number, as the rows of a CSV file do."""
        child = next((text(values.get("CHILD")) for _, values in self.rows["header"]), "")
        for group, rows in self.rows.items():
            for line, values in rows:
                getattr(self.found, group).append(Row(self.name, line, child, values | {"CHILD": child}))
        self.rows = {}
