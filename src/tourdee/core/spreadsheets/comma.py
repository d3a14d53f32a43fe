"""CSV as Thai offices save it: UTF-8 with or without mark, UTF-16 or Windows Thai; comma, semicolon or tab."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .errors import BadSheet

LONGEST_LINE = 100_000
QUOTED = re.compile(r"'(?='*[=+\-@\t\r\n＝＋－＠])")  # how our own files mark text that looks like a formula


def csv_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file as text. Raises BadSheet for what is no text."""
    text = _decoded(data)
    first = text.split("\n", 1)[0][:LONGEST_LINE]
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [QUOTED.sub("", cell, count=1) for cell in row]
    except csv.Error as problem:
        raise BadSheet(_("This CSV file is damaged. Please save it again, best as Excel (.xlsx).")) from problem


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadSheet(_("This file is not a table. Please send an Excel (.xlsx) or CSV file."))
