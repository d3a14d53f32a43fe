"""PDF and PNG by typst. Data goes in as JSON, never as source, so no name or text can become a command.

A template is a ``.typ`` file in a room's ``typst`` folder. It begins with ``#import "base.typ": *`` (from core/typst:
page, typeface, colours, ``data``, ``baht``) and reads ``data``. It may read files of its own folder and those given in
``files`` (a QR code, a chart); nothing else on the disk can be reached.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent / "typst" / "base.typ"
STANDARD = "a-2b"  # an archive may keep it for ever
WITH_FILES = "a-3b"  # the same, and it may carry files of any kind


def pdf(
    template: Path, data: dict[str, Any], *, files: Mapping[str, bytes] | None = None, standard: str = STANDARD
) -> bytes:
    """The document as PDF/A-2b, or as ``WITH_FILES`` where the template attaches some. ``files`` by the name under which
    the template reads them: ``{"qr.svg": …}``.

    A name with a letter that no typeface here has (an emoji, Chinese) becomes an ordinary PDF with a box in its place.
    """
    import typst

    try:
        return bytes(_compile(template, data, files, format="pdf", pdf_standards=[standard]))
    except typst.TypstError as problem:
        if "PDF/A" not in str(problem):
            raise
        return bytes(_compile(template, data, files, format="pdf"))


def png(template: Path, data: dict[str, Any], *, ppi: float = 144, files: Mapping[str, bytes] | None = None) -> bytes:
    """The first page as a picture with so many pixels an inch."""
    pages = _compile(template, data, files, format="png", ppi=ppi)
    return bytes(pages[0] if isinstance(pages, list) else pages)


def _compile(template: Path, data: dict[str, Any], files: Mapping[str, bytes] | None, **options: Any) -> Any:
    import typst

    source = {"main.typ": template.read_bytes(), "base.typ": BASE.read_bytes(), **(files or {})}
    return typst.compile(
        source,
        root=str(template.resolve().parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, default=_plain, ensure_ascii=False)},
        **options,
    )


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Whole Sarabun: the web's subset files share one family name, and with those typst prints boxes."""
    import typst
    from fontpkg_sarabun import ROOT

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(ROOT / "files")])


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "__str__") and type(value).__name__ == "__proxy__":  # a lazy translation
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot go into a document")
