"""QR codes as SVG: sharp at any size, read out by its label, free of inline styles."""

import io
from functools import lru_cache

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white around the code, as the standard asks


@lru_cache(maxsize=512)  # a price is asked for again and again, and finding the best mask costs milliseconds
def qr_svg(text: str, *, label: str) -> SafeString:
    """The code for a page: class ``qr-code``, ``label`` as its title. Dark on white in dark mode too."""
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size(border=QUIET_ZONE)[0]
    path = "".join(
        f"M{x} {y}h{length}" for x, y, length in _runs(code)
    )  # one move and one stroke for every run of dark modules
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {} {}" role="img" shape-rendering="crispEdges">'
        '<title>{}</title><path fill="#fff" d="M0 0h{}v{}H0z"/><path stroke="#000" d="{}"/></svg>',
        size, size, label, size, size, mark_safe(path),  # noqa: S308  (drawn here)
    )  # fmt: skip


def qr_svg_bytes(text: str) -> bytes:
    """The code as an SVG file of its own, for PDFs and downloads."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=QUIET_ZONE, light="#fff", xmldecl=True)
    return out.getvalue()


def qr_png_bytes(text: str) -> bytes:
    """The code as a PNG of about 600 pixels: what people save and open in their bank's app."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="png", border=QUIET_ZONE, scale=max(1, 600 // code.symbol_size(border=QUIET_ZONE)[0]))
    return out.getvalue()


def _runs(code: segno.QRCode) -> list[tuple[int, float, int]]:
    """Left edge, middle line and length of each horizontal run of dark modules."""
    runs = []
    for y, row in enumerate(code.matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append((start + QUIET_ZONE, y + QUIET_ZONE + 0.5, x - start))
                start = None
    return runs
