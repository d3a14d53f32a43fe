"""Draws the picture of a shared link (1200×630) and the poster with a QR code."""

from base64 import b64encode
from pathlib import Path
from typing import Any

from django.conf import settings

from tourdee.core import pdf
from tourdee.core.pictures import picture_url
from tourdee.core.qr import qr_svg_bytes

from .storefront.share_cards import ShareCard

TYPST = Path(__file__).resolve().parent.parent / "typst"
PHOTO = (600, 630)  # pixels: the left half
QUALITY = 84


def share_picture_file(kind: str, public_id: str, language: str, digest: str) -> Path:
    """Where the picture lies once it is drawn."""
    return Path(settings.MEDIA_ROOT) / "shared" / f"{kind}-{public_id}-{language}-{digest}.jpg"


def draw_share_picture(card: ShareCard) -> Path:
    """Draw the picture and keep it; those of earlier states of the item go. About a third of a second, once."""
    import pyvips

    photo = _photo(card.picture, *PHOTO)
    files = {"photo.svg": photo} if photo else {}
    data = {"title": card.title, "place": card.place, "price": card.price, "shop": card.shop, "photo": bool(photo)}
    drawn = pdf.png(TYPST / "share_card.typ", data, ppi=72, files=files)
    jpeg = _jpeg(pyvips.Image.new_from_buffer(drawn, ""))
    file = share_picture_file(card.kind, card.public_id, card.language, card.digest)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(jpeg)
    fresh.replace(file)
    for older in file.parent.glob(f"{card.kind}-{card.public_id}-{card.language}-*.jpg"):
        if older != file:
            older.unlink(missing_ok=True)
    return file


def poster(card: ShareCard, *, size: str, address: str, call: str) -> bytes:
    """A poster (``a4`` or ``a5``) as PDF: the picture, the name, the code, and the address for who cannot scan."""
    photo = _photo(card.picture, 1400, 900)
    files = {"code.svg": qr_svg_bytes(address)} | ({"photo.svg": photo} if photo else {})
    data: dict[str, Any] = {
        "title": card.title, "place": card.place, "price": card.price, "shop": card.shop, "photo": bool(photo),
        "size": size, "address": address.split("://", 1)[-1], "call": call, "language": card.language,
    }  # fmt: skip
    return pdf.pdf(TYPST / "poster.typ", data, files=files)


def _photo(path: str, width: int, height: int) -> bytes:
    """The item's picture cut to size; empty where there is none. It stands inside an SVG, for documents take only
    files that are text."""
    import pyvips

    file = Path(settings.MEDIA_ROOT) / picture_url(path).removeprefix(settings.MEDIA_URL) if path else None
    if file is None or not file.is_file():
        return b""
    cut = pyvips.Image.thumbnail(str(file), width, height=height, crop="centre")
    jpeg = b64encode(_jpeg(cut)).decode()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{cut.width}" height="{cut.height}">'
    return (
        f'{head}<image width="{cut.width}" height="{cut.height}" href="data:image/jpeg;base64,{jpeg}"/></svg>'.encode()
    )


def _jpeg(picture: Any) -> bytes:
    whole = picture.flatten(background=255) if picture.hasalpha() else picture
    return bytes(whole.jpegsave_buffer(Q=QUALITY, keep="none"))
