"""Finding QR codes in the picture of a slip.

What comes here was stored by ``core.pictures``: a JPEG of bounded size, made by us. So nothing hostile is decoded, and
HEIC, PNG and WebP need no reading of their own.
"""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SIDES = (0, 1200, 600, 1800)  # the picture as it is first; a blurred one is often read when made smaller
MOST_CODES = 8


def codes_in(jpeg: bytes) -> list[str]:
    """The texts of the QR codes, at any turn. Empty if there are none or the picture cannot be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            grey = picture.convert("L")
    except (OSError, ValueError):
        return []
    for side in SIDES:
        if texts := _codes(grey, side):
            return texts
    return []


def _codes(grey: "Image.Image", side: int) -> list[str]:
    import zxingcpp
    from PIL import Image

    if side:
        scale = side / max(grey.size)
        grey = grey.resize(
            (max(1, round(grey.width * scale)), max(1, round(grey.height * scale))), Image.Resampling.LANCZOS
        )
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [code.text for code in found[:MOST_CODES] if code.text]
