"""A gateway's QR code as text: read out of the picture that it sends, checked for the amount, and later drawn by us, so that
no page of ours shows a picture of somebody else's server."""

import io

from tourdee.core.calling import Unavailable

from .. import promptpay

MOST_BYTES = 400_000


def code_in(picture: bytes) -> str:
    """The text of the code in an SVG or PNG. Raises Unavailable: no code, no payment."""
    png = picture if picture.startswith(b"\x89PNG") else _drawn(picture)
    texts = _read(png)
    if len(texts) != 1:
        raise Unavailable("no code in the picture")
    return texts[0]


def must_ask_for(code: str, satang: int) -> str:
    """The code, if it asks for this amount or is no PromptPay code (test accounts send links). Raises Unavailable."""
    try:
        asked = promptpay.parse(code).satang
    except promptpay.NotAPayment:
        return code
    if asked not in (None, satang):
        raise Unavailable("the code asks for another amount")
    return code


def _drawn(svg: bytes) -> bytes:
    import typst

    if len(svg) > MOST_BYTES or b"<svg" not in svg[:2000]:
        raise Unavailable("no picture")
    source = '#set page(width: 400pt, height: 400pt, margin: 20pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    try:
        return bytes(typst.compile(source.encode(), format="png", ppi=144, sys_inputs={"svg": svg.decode()}))
    except (RuntimeError, ValueError):
        raise Unavailable("a broken picture") from None


def _read(png: bytes) -> list[str]:
    import zxingcpp
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            grey = picture.convert("RGBA")
    except (OSError, ValueError):
        raise Unavailable("a broken picture") from None
    paper = Image.new("RGBA", grey.size, "white")
    flat = Image.alpha_composite(paper, grey).convert("L")
    codes = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(flat, formats=codes)]
