"""Look into an XLSX (a ZIP of XML files) before a reader does: its true size, its rows, its cells."""

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from .errors import BadSheet

MAX_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 200
MAX_CELLS_PER_ROW = 100
ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CHUNK = 256 * 1024
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error)


def check_package(data: bytes, max_rows: int) -> None:
    """Refuse what is not an honest workbook of at most ``max_rows`` rows, first by its list of contents, then by
    unpacking it in pieces and counting: the list may lie. Raises BadSheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check_contents(members)
            left = MAX_UNPACKED
            for member in members:
                left -= _check_member(package, member, max_rows, left)
    except BROKEN as problem:
        raise BadSheet(_damaged()) from problem


def _check_contents(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise BadSheet(_("This file is not a table. Please send an Excel (.xlsx) or CSV file."))
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    twins = len(set(names)) < len(names)
    if twins or len(names) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > packed * MAX_RATIO:
        raise BadSheet(_too_big())


def _check_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, max_rows: int, left: int) -> int:
    """Unpack one file without keeping it. Returns its true size in bytes."""
    size = 0
    count = _Count(max_rows) if SHEET.fullmatch(member.filename) else None
    with package.open(member) as stream:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > left:
                raise BadSheet(_too_big())
            if count:
                count.add(piece)
    return size


class _Count:
    """Counts the rows and cells of a sheet as its pieces go by."""

    def __init__(self, max_rows: int) -> None:
        self.max_rows, self.rows, self.cells, self.tail = max_rows, 0, 0, b""

    def add(self, piece: bytes) -> None:
        if b"\0" in piece:  # UTF-16 would hide its tags from the count
            raise BadSheet(_damaged())
        window = self.tail + piece
        start = window.rfind(b"<")
        cut = start if start >= 0 and b">" not in window[start:] and len(window) - start < 64 else len(window)
        self.tail = window[cut:]
        self.rows += len(ROW.findall(window, 0, cut))
        self.cells += len(CELL.findall(window, 0, cut))
        if self.rows > self.max_rows * 2 + 50 or self.cells > (self.max_rows + 50) * MAX_CELLS_PER_ROW:
            limit = {"limit": f"{self.max_rows:,}"}
            raise BadSheet(_("This table has more than %(limit)s rows. Please split it.") % limit)


def _damaged() -> str:
    return _("This Excel file is damaged. Please save it again and send it.")


def _too_big() -> str:
    return _("This Excel file unpacks to more than we can read. Please send only the table itself.")
