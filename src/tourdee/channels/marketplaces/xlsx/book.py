"""The workbook as a ZIP: its visible sheets, and the texts that cells share."""

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from typing import Any

from defusedxml import ElementTree, common
from django.utils.translation import gettext as _

from tourdee.core.spreadsheets import BadSheet
from tourdee.core.spreadsheets.package import check_package

from .sheet import Sheet, Unreadable, read_sheet

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 6000  # with the hidden lists of categories
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class CannotRead(Exception):
    """The upload is no workbook that we can fill; ``message`` says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Book:
    """A workbook's bytes. ``sheets``: name and part of each visible sheet, in order."""

    data: bytes
    sheets: tuple[tuple[str, str], ...]

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return package.read(name)

    def sheet(self, part: str) -> Sheet:
        """Raises CannotRead."""
        try:
            return read_sheet(self.part(part))
        except (Unreadable, KeyError) as problem:
            raise CannotRead(_damaged()) from problem

    @cached_property
    def shared(self) -> list[str]:
        """The texts that cells name by number."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            if "xl/sharedStrings.xml" not in package.namelist():
                return []
            tree = _tree(package.read("xl/sharedStrings.xml"))
        return ["".join(one.text or "" for one in _spoken(item)) for item in tree.iter(f"{MAIN}si")]

    def texts(self, sheet: Sheet, row: int) -> dict[int, str]:
        """What stands in a row, by column."""
        found = sheet.rows.get(row)
        if found is None:
            return {}
        return {column: self._text(cell) for column, cell in found.cells.items() if not cell.is_empty}

    def _text(self, cell: Any) -> str:
        if cell.kind != "s":
            return str(cell.raw).strip()
        place = int(cell.raw) if cell.raw.strip().isdecimal() else -1
        return self.shared[place].strip() if 0 <= place < len(self.shared) else ""


def open_book(upload: Any) -> Book:
    """The upload, if it is an honest workbook of a size that we take. Raises CannotRead."""
    upload.seek(0)
    data = bytes(upload.read(MOST_BYTES + 1))
    if len(data) > MOST_BYTES:
        raise CannotRead(_("This file is larger than 2 MB. Download the template for one category only."))
    if not data.startswith(b"PK\x03\x04"):
        raise CannotRead(_("This is not an Excel file (.xlsx). Upload the template just as you downloaded it."))
    try:
        check_package(data, MOST_ROWS)
        return Book(data, _sheets(data))
    except BadSheet as problem:
        raise CannotRead(str(problem)) from problem
    except (KeyError, ValueError, common.DefusedXmlException, ElementTree.ParseError) as problem:
        raise CannotRead(_damaged()) from problem


def _sheets(data: bytes) -> tuple[tuple[str, str], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        book, links = _tree(package.read("xl/workbook.xml")), _tree(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    found = []
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(f"{LINKS}id"), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in names and sheet.get("state", "visible") == "visible":
            found.append((sheet.get("name", ""), part))
    return tuple(found)


def _tree(xml: bytes) -> Any:
    return ElementTree.fromstring(xml, forbid_dtd=True)


def _spoken(item: Any) -> list[Any]:
    """The text's runs without the reading aids that Asian Excel keeps beside them."""
    aids = {id(one) for aid in item.iter(f"{MAIN}rPh") for one in aid.iter(f"{MAIN}t")}
    return [one for one in item.iter(f"{MAIN}t") if id(one) not in aids]


def _damaged() -> str:
    return _("This Excel file is damaged, or protected by a password. Download the template again.")
