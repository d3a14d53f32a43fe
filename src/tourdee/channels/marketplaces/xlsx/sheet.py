"""A sheet's XML with the place of every row and cell in it, so that a cell can be changed without touching another byte."""

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from .places import column_of

MOST_CELLS = 200_000
TEXTS = {"v", "t"}


class Unreadable(ValueError):
    """No sheet that we understand: damaged, another encoding, or with a document type in it."""


@dataclass
class Cell:
    """Where a cell stands in the XML, its style, and what it holds: a text, the number of a shared text, or a figure."""

    start: int
    style: str
    kind: str
    end: int = 0
    raw: str = ""
    has_formula: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.raw.strip() and not self.has_formula


@dataclass
class SheetRow:
    """Where a row stands; ``inside`` is where its cells begin, ``close`` where they end. Both are 0 for ``<row/>``."""

    start: int
    end: int = 0
    inside: int = 0
    close: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells.values())


@dataclass
class Sheet:
    """All rows of a sheet, and where a further one would go. ``prefix``: of the tags, mostly none."""

    xml: bytes
    prefix: str = ""
    rows: dict[int, SheetRow] = field(default_factory=dict)
    close: int = 0


def read_sheet(xml: bytes) -> Sheet:
    """Raises Unreadable."""
    reader = _Reader(xml)
    try:
        reader.parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Unreadable(str(problem)[:80]) from problem
    if not reader.sheet.close:
        raise Unreadable("no rows")
    return reader.sheet


class _Reader:
    """Notes where things begin and end while the XML is parsed."""

    def __init__(self, xml: bytes) -> None:
        self.xml, self.sheet = xml, Sheet(xml)
        self.row: SheetRow | None = None
        self.cell: Cell | None = None
        self.number = self.column = self.cells = 0
        self.reads_text = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.started
        self.parser.EndElementHandler = self.ended
        self.parser.CharacterDataHandler = self.text
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_args: Any) -> None:
        raise Unreadable("a document type")

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
            raise Unreadable("another encoding")

    def started(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _colon, local = name.rpartition(":")
        if local == "sheetData":
            self.sheet.prefix = f"{prefix}:" if prefix else ""
        elif local == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.row = SheetRow(self.parser.CurrentByteIndex, inside=self._after_tag())
            self.sheet.rows[self.number], self.column = self.row, 0
        elif local == "c" and self.row is not None:
            self._cell(attributes)
        elif self.cell is not None:
            self.reads_text = local in TEXTS
            self.cell.has_formula |= local == "f"

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column = column_of(attributes["r"]) if "r" in attributes else self.column + 1
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise Unreadable("too many cells")
        self.cell = Cell(self.parser.CurrentByteIndex, attributes.get("s", ""), attributes.get("t", "n"))
        assert self.row
        self.row.cells[self.column] = self.cell

    def text(self, data: str) -> None:
        if self.cell is not None and self.reads_text:
            self.cell.raw += data

    def ended(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "c" and self.cell is not None:
            self.cell.end, self.cell = self._end(name)[1], None
        elif local == "row" and self.row is not None:
            self.row.close, self.row.end = self._end(name)
            if self.row.close == self.row.end:  # <row/>: it has no inside
                self.row.inside = self.row.close = 0
            self.row = None
        elif local == "sheetData":
            self.sheet.close = self._end(name)[0]
        self.reads_text = False

    def _end(self, name: str) -> tuple[int, int]:
        """Where the closing tag begins and where it ends; twice the same place for ``<c/>``."""
        here = self.parser.CurrentByteIndex
        tag = b"</" + name.encode()
        if self.xml.startswith(tag, here) and self.xml[here + len(tag) : here + len(tag) + 1] in b"> \t\r\n":
            return here, self.xml.index(b">", here) + 1
        return here, here

    def _after_tag(self) -> int:
        """Behind the tag that begins here; a ``>`` inside a value does not end it."""
        place, quote = self.parser.CurrentByteIndex, b""
        while True:
            sign = self.xml[place : place + 1]
            if quote:
                quote = b"" if sign == quote else quote
            elif sign in (b'"', b"'"):
                quote = sign
            elif sign == b">":
                return place + 1
            place += 1
