"""Look into an XLSX (a ZIP of XML files) before a reader does: its true size, and how much there is to read."""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from .errors import BadSheet

MAX_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 200
# A tag weighs 1, a cell or a shared text 4 more, because a reader makes an object of each: a row of forty cells with
# forty texts of its own weighs 640. Beside the rows there are styles, themes and pictures.
WEIGHTS = ((b"<", 1), (b"<c", 4), (b":c", 4), (b"<si", 4), (b":si", 4))
WEIGHT_PER_ROW, WEIGHT_BESIDE = 700, 100_000
UTF16 = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 256 * 1024
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error)


def check_package(data: bytes, max_rows: int) -> None:
    """Refuse what is not an honest workbook of at most ``max_rows`` rows, first by its list of contents, then by
    unpacking it in pieces and counting. Raises BadSheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check_contents(members)
            left = WEIGHT_PER_ROW * max_rows + WEIGHT_BESIDE
            for member in members:
                left -= _check_member(package, member, left)
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


def _check_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Unpack one part without keeping it and weigh its tags: what a reader will have to hold. More bytes than its entry
    promises are never read; fewer break its checksum. Any part may be the sheet, whatever its name."""
    weight = 0
    with package.open(member) as stream:
        beginning = stream.read(4)
        if beginning.startswith(UTF16) or (b"<" in beginning and b"\0" in beginning):
            raise BadSheet(_damaged())  # two bytes a letter would hide the tags from the scales
        while piece := stream.read(CHUNK):
            weight += sum(each * piece.count(tag) for tag, each in WEIGHTS)
            if weight > left:
                raise BadSheet(_too_big())
    return weight


def _damaged() -> str:
    return _("This Excel file is damaged. Please save it again and send it.")


def _too_big() -> str:
    return _("This Excel file unpacks to more than we can read. Please send only the table itself.")
