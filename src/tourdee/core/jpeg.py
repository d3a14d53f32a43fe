"""Public pictures for services that take no WebP: LINE's messages, Meta's catalogues."""

from pathlib import Path

from django.conf import settings

from .pictures import STORED_NAME, WIDTHS

QUALITY = 88


def as_jpeg(path: str, width: int = WIDTHS[-1], *, longest: int = 0) -> bytes | None:
    """A stored public picture in one of its widths as JPEG, no side longer than ``longest`` pixels where that is given; ``None`` for
    a foreign name or a missing file."""
    import pyvips

    file = Path(settings.MEDIA_ROOT) / f"{path}-{width}.webp"
    if not STORED_NAME.fullmatch(path) or not file.is_file():
        return None
    whole = pyvips.Image.new_from_file(str(file))
    whole = whole.flatten(background=255) if whole.hasalpha() else whole
    if longest and max(whole.width, whole.height) > longest:
        whole = whole.thumbnail_image(longest, height=longest, size="down")
    return bytes(whole.jpegsave_buffer(Q=QUALITY, keep="none", optimize_coding=True))
