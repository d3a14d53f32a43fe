"""The demo's pictures: drawn by our own code, kept like a seller's uploads."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from tourdee.core.pictures import StoredPicture, store_public
from tourdee.home.illustrations import as_jpeg, draw

Wanted = tuple[str, int]  # scene and variant


def draw_all(wanted: list[Wanted]) -> dict[Wanted, StoredPicture]:
    """Every wanted picture, drawn and stored. All are drawn before the first is stored: storing shuts libvips' SVG reader."""
    with ThreadPoolExecutor(2) as two:
        drawn = list(two.map(_drawn, wanted))
        return dict(zip(wanted, two.map(_stored, drawn), strict=True))


def _drawn(picture: Wanted) -> bytes:
    scene, variant = picture
    return as_jpeg(draw(scene, width=1600, height=1200, variant=variant))


def _stored(data: bytes) -> StoredPicture:
    return store_public(BytesIO(data), "demo")
