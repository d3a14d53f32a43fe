"""Finding QR codes in the picture of a slip, and telling pictures without one apart.

What comes here was stored by ``core.pictures``: a JPEG of bounded size, made by us. So nothing hostile is decoded, and
HEIC, PNG and WebP need no reading of their own.
"""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_CODES = 8
SECONDS = 3.0  # after that no new try is begun: somebody waits for the page
PRINT_SIDE = 16  # a print has PRINT_SIDE² bits
ALIKE_BITS = 12  # prints that differ in no more than these are of one picture


def _plain(grey: "Image") -> "Image":
    return grey


def _crisp(grey: "Image") -> "Image":
    """Light and contrast spread over the whole range, then sharpened: dark and blurred pictures."""
    from PIL import ImageFilter, ImageOps

    return ImageOps.autocontrast(grey, cutoff=1).filter(ImageFilter.UnsharpMask(4, 250, 0))


def _calm(grey: "Image") -> "Image":
    """Grain smoothed away, then contrast: pictures taken with too little light."""
    from PIL import ImageFilter, ImageOps

    return ImageOps.autocontrast(grey.filter(ImageFilter.GaussianBlur(1.2)), cutoff=1)


@dataclass(frozen=True)
class Try:
    """One way to look: longest side in pixels (0: as it is), treatment, and whether black and white are parted by the light
    around each spot or by that of the whole picture."""

    side: int
    treatment: Callable[["Image"], "Image"] = _plain
    by_whole: bool = False


# In the order of what they find per second; see ``python -m bench.slips``.
TRIES = (Try(0), Try(1200), Try(600), Try(1300, _crisp), Try(2000, _crisp), Try(1300, _calm), Try(1300, _crisp, True))


def codes_in(jpeg: bytes, *, seconds: float = SECONDS) -> list[str]:
    """The texts of the QR codes, at any turn. Empty if there are none or the picture cannot be read."""
    grey = _opened(jpeg)
    if grey is None:
        return []
    begun = time.monotonic()
    for attempt in TRIES:
        if texts := _codes(attempt.treatment(_sized(grey, attempt.side)), attempt.by_whole):
            return texts
        if time.monotonic() - begun > seconds:
            break
    return []


def _opened(jpeg: bytes) -> "Image | None":
    from PIL import Image

    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            return picture.convert("L")
    except (OSError, ValueError):
        return None


def _sized(grey: "Image", side: int) -> "Image":
    from PIL import Image

    if not side:
        return grey
    scale = side / max(grey.size)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS)


def _codes(grey: "Image", by_whole: bool) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        binarizer=zxingcpp.Binarizer.GlobalHistogram if by_whole else zxingcpp.Binarizer.LocalAverage,
    )
    return [code.text for code in found[:MOST_CODES] if code.text]


# ------------------------------------------------------------------ pictures without a code
def print_of(jpeg: bytes) -> str:
    """64 hexadecimal digits that hardly change when a picture is made smaller, squeezed or a little darker: for each
    spot, whether its right neighbour is lighter. Empty if it cannot be read."""
    from PIL import Image

    grey = _opened(jpeg)
    if grey is None:
        return ""
    small = grey.resize((PRINT_SIDE + 1, PRINT_SIDE), Image.Resampling.LANCZOS)
    rows = [small.crop((0, y, PRINT_SIDE + 1, y + 1)).tobytes() for y in range(PRINT_SIDE)]
    bits = "".join("1" if row[x] < row[x + 1] else "0" for row in rows for x in range(PRINT_SIDE))
    return f"{int(bits, 2):0{PRINT_SIDE * PRINT_SIDE // 4}x}"


def alike(one: str, other: str) -> bool:
    """Whether two prints are probably of one picture. Slips of one bank resemble each other, so it is a hint only."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_BITS
