"""Pictures for tests, honest and hostile, all made here."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

SECRET_PLACE = b"7.8804N 98.3923E SECRET"


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    """A colourful picture: red on the left, blue on the right, so that turning it shows."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, *size))
    out = io.BytesIO()
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    image.save(out, kind, **options)
    return out.getvalue()


def photo_with_place(orientation: int = 1) -> bytes:
    """A photo whose EXIF tells where it was taken and how the telephone was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET_PLACE.decode()
    exif.get_ifd(0x8825)[2] = (7.0, 52.0, 49.44)
    return photo(exif=exif, comment=SECRET_PLACE)


def noise(size: tuple[int, int]) -> bytes:
    """A JPEG that does not compress to nothing."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose header promises more pixels than any memory holds."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    """Three pictures in one file."""
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def upload(data: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """As a browser sends it. Name and type are the sender's claims."""
    return SimpleUploadedFile(name, data, content_type)
