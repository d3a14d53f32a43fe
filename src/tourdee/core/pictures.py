"""Pictures that people send: recognised by their bytes, measured before they are decoded, always made again.

What is served was encoded here: no place in the photo's data (EXIF, GPS), no hidden page behind the picture, no name
chosen by the sender. JPEG, PNG, WebP and the iPhone's HEIC come in; WebP (public) or JPEG (private) goes out.
"""

import io
import logging
import os
import re
import secrets
import threading
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 52_000_000  # telephones make 50-megapixel photos
MAX_WHOLE_PIXELS = 26_000_000  # where the decoder must hold the whole picture in memory
MIN_SIDE, MAX_SIDE, MAX_RATIO = 16, 16_000, 8
WIDTHS = (400, 800, 1600)
PRIVATE_SIDE = 2400  # a photographed paper stays readable, a slip's QR code too
STORED_NAME = re.compile(r"(?:[a-z0-9_\-]+/)+[0-9a-f]{32}-(\d+)x(\d+)")
FOLDER = re.compile(r"[a-z0-9_\-]+(?:/[a-z0-9_\-]+)*")
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}


class BadPicture(Exception):
    """The upload is no picture that we take; the message says why, in the page's language."""


@dataclass(frozen=True)
class Found:
    """What an upload turned out to be."""

    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class StoredPicture:
    """A public picture: ``<path>-400.webp``, ``-800``, ``-1600`` exist; width and height are those of the largest."""

    path: str
    width: int
    height: int


def check(upload: Any) -> Found:
    """What kind of picture this is and how large. Reads every byte of it once. Raises BadPicture."""
    data = _bytes(upload)
    found = _measure(data)
    _open(data, found, 64)
    return found


def store_public(upload: Any, folder: str) -> StoredPicture:
    """Keep a picture for everybody in three sizes below MEDIA_ROOT. On disk before this returns. Raises BadPicture."""
    data = _bytes(upload)
    picture = _open(data, _measure(data), WIDTHS[-1])
    path = f"{_folder(folder)}/{secrets.token_hex(16)}-{picture.width}x{picture.height}"
    sizes = [(width, _narrowed(picture, width)) for width in WIDTHS]
    _write(settings.MEDIA_ROOT, {f"{path}-{width}.webp": _webp(image) for width, image in sizes})
    return StoredPicture(path, picture.width, picture.height)


def store_private(upload: Any, folder: str) -> str:
    """Keep a picture for those who may see it, as JPEG below PRIVATE_ROOT. Returns its path. Raises BadPicture."""
    data = _bytes(upload)
    picture = _open(data, _measure(data), PRIVATE_SIDE)
    path = f"{_folder(folder)}/{secrets.token_hex(16)}.jpg"
    _write(settings.PRIVATE_ROOT, {path: picture.jpegsave_buffer(Q=88, keep="none", optimize_coding=True)})
    return path


def picture_url(path: str, width: int = 800) -> str:
    """The address of a public picture in one of its widths (400, 800, 1600 px)."""
    return f"{settings.MEDIA_URL}{path}-{width}.webp"


def size_of(path: str) -> tuple[int, int] | None:
    """Width and height of the largest size, as the stored name tells them; ``None`` for a foreign name."""
    named = STORED_NAME.fullmatch(path)
    return (int(named[1]), int(named[2])) if named else None


def private_picture(path: str) -> FileResponse:
    """A private picture for somebody who was found allowed to see it. Kept by no cache, obeyed by no script."""
    root = Path(settings.PRIVATE_ROOT).resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or file.suffix != ".jpg" or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def discard(path: str) -> None:
    """Delete a stored picture, public or private, when the row that named it is gone. Missing files are no error."""
    for width in WIDTHS:
        _inside(settings.MEDIA_ROOT, f"{path}-{width}.webp").unlink(missing_ok=True)
    if path.endswith(".jpg"):
        _inside(settings.PRIVATE_ROOT, path).unlink(missing_ok=True)


# ------------------------------------------------------------------ looking before decoding
def _bytes(upload: Any) -> bytes:
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    upload.seek(0)
    if len(data) > MAX_BYTES:
        raise BadPicture(_("This picture is larger than 12 MB. Please send a smaller one."))
    if not data:
        raise BadPicture(_("This file is empty. Please choose the picture again."))
    return bytes(data)


def _kind(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "HEIF"
    raise BadPicture(_("This is not a photo that we can read. Please send a JPEG, PNG, WebP or HEIC picture."))


def _measure(data: bytes) -> Found:
    """Kind and size out of the header alone. Refuses what would take too much memory or is no photo."""
    from PIL import Image

    kind = _kind(data)
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as header:
                width, height = header.size
                whole = kind in {"WEBP", "HEIF"} or bool(header.info.get("progressive") or header.info.get("interlace"))
                moving = kind in {"PNG", "WEBP"} and getattr(header, "n_frames", 1) > 1
    except Image.DecompressionBombError as problem:
        raise BadPicture(_too_large()) from problem
    except Exception as problem:
        raise BadPicture(_damaged()) from problem
    if moving:
        raise BadPicture(_("Moving pictures are not possible here. Please send a photo."))
    if width * height > (MAX_WHOLE_PIXELS if whole else MAX_PIXELS) or max(width, height) > MAX_SIDE:
        raise BadPicture(_too_large())
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise BadPicture(_("This picture is too small or too narrow. Please send another one."))
    return Found(kind, width, height)


def _damaged() -> str:
    return _("This picture is damaged or arrived only in part. Please send it again.")


def _too_large() -> str:
    return _("This picture has too many pixels. Please send a smaller copy.")


# ------------------------------------------------------------------ decoding and making again
def _vips() -> Any:
    """pyvips, with every decoder shut but the three that read what ``_kind`` lets through.

    One thread at a time: a second one that shut the decoders once more would take them from under the first.
    """
    with _OPENING_VIPS:
        return _guarded_vips()


_OPENING_VIPS = threading.Lock()


@lru_cache(maxsize=1)
def _guarded_vips() -> Any:
    import pyvips

    logging.getLogger("pyvips").setLevel(logging.ERROR)  # it tells of every step and each broken byte
    pyvips.operation_block_set("VipsForeignLoad", True)
    for decoder in ("VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"):
        pyvips.operation_block_set(decoder, False)
    return pyvips


def _open(data: bytes, found: Found, side: int) -> Any:
    """The picture upright, in sRGB, without transparency, at most ``side`` wide, every byte of it decoded."""
    pyvips = _vips()
    try:
        image = _from_heif(pyvips, data) if found.kind == "HEIF" else _from_buffer(pyvips, data, found, side)
        profile = {"export_profile": "srgb"} if image.get_typeof("icc-profile-data") else {}  # slow, so only if needed
        image = image.thumbnail_image(side, height=side * MAX_RATIO, size="down", **profile)
        if image.hasalpha():
            image = image.flatten(background=[255, 255, 255])
        return image.colourspace("srgb").copy_memory()
    except pyvips.Error as problem:
        raise BadPicture(_damaged()) from problem


def _from_buffer(pyvips: Any, data: bytes, found: Found, side: int) -> Any:
    """Decoded line by line, a JPEG at an eighth, a quarter or half its size where that is enough."""
    options = {"shrink": _shrink(found, side)} if found.kind == "JPEG" else {}
    return pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="truncated", **options)


def _shrink(found: Found, side: int) -> int:
    """Leaves at least twice the wanted size, however the photo is turned, so that edges stay clean."""
    spare = min(found.width, found.height) / (2 * side)
    return next((factor for factor in (8, 4, 2) if spare >= factor), 1)


def _from_heif(pyvips: Any, data: bytes) -> Any:
    """HEIC is decoded by libheif, which the vips of the wheel lacks; it turns the picture upright itself. Its pixels
    are not copied: a row of the buffer may be longer than the picture is wide."""
    import pillow_heif

    try:
        heif = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        pixels, bands = heif.data, len(heif.mode)
    except Exception as problem:
        raise BadPicture(_damaged()) from problem
    width, height = heif.size
    rows = pyvips.Image.new_from_memory(pixels, heif.stride, height, 1, "uchar")
    image = rows.crop(0, 0, width * bands, height).bandfold(factor=bands)
    image = image.copy(interpretation="srgb" if bands > 2 else "b-w")
    if profile := heif.info.get("icc_profile"):  # an iPhone's wider colours, turned into sRGB like those of a JPEG
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image


def _narrowed(picture: Any, width: int) -> Any:
    return picture if picture.width <= width else picture.thumbnail_image(width, height=width * MAX_RATIO)


def _webp(image: Any) -> bytes:
    return image.webpsave_buffer(Q=80, effort=2, keep="none")


# ------------------------------------------------------------------ on disk
def _folder(folder: str) -> str:
    if not FOLDER.fullmatch(folder):
        raise ValueError(f"{folder!r} cannot name a folder of pictures")
    return folder


def _inside(root: str | Path, path: str) -> Path:
    file = (Path(root) / path).resolve()
    if not file.is_relative_to(Path(root).resolve()):
        raise ValueError(f"{path!r} lies outside its folder")
    return file


def _write(root: str | Path, files: dict[str, bytes]) -> None:
    """All files or none, flushed to disk together with their folder's entries before a row may name them."""
    written: list[Path] = []
    try:
        for path, data in files.items():
            file = _inside(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            written.append(file)
            with file.open("xb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
        _flush_folder(written[0].parent)
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
