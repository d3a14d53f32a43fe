"""Pictures: what comes in, what is kept, what is refused."""

import io
import os
import resource
import threading
import time
from pathlib import Path

import pytest
from django.http import Http404
from PIL import Image

from tourdee.core import pictures
from tourdee.core.pictures import BadPicture, Found, check, private_picture, store_private, store_public
from tourdee.core.tests.pictures_made import (
    SECRET_PLACE,
    moving,
    noise,
    photo,
    photo_with_place,
    png_that_claims,
    upload,
)


def files(root: Path) -> list[str]:
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_telephones_make_is_taken_by_its_bytes_not_by_its_name(kind):
    assert check(upload(photo(kind), "x.pdf", "application/pdf")) == Found(kind, 640, 480)


def test_a_public_picture_is_kept_in_three_widths_of_webp(settings):
    stored = store_public(upload(noise((2000, 1500))), "tours/shop1")
    assert (stored.width, stored.height) == (1600, 1200)
    assert files(settings.MEDIA_ROOT) == sorted(f"{stored.path}-{width}.webp" for width in (400, 800, 1600))
    for width in (400, 800, 1600):
        with Image.open(settings.MEDIA_ROOT / f"{stored.path}-{width}.webp") as kept:
            assert (kept.format, kept.size) == ("WEBP", (width, width * 3 // 4))


def test_a_small_picture_is_never_blown_up(settings):
    stored = store_public(upload(photo(size=(600, 300))), "tours")
    assert (stored.width, stored.height) == (600, 300)
    sizes = [Image.open(settings.MEDIA_ROOT / f"{stored.path}-{width}.webp").size for width in (400, 800, 1600)]
    assert sizes == [(400, 200), (600, 300), (600, 300)]


def test_the_stored_name_is_ours_unguessable_and_tells_the_size(settings):
    first, second = (store_public(upload(photo(), "../../วัด พระแก้ว<script>.php.jpg"), "tours") for _ in range(2))
    assert first.path != second.path
    assert pictures.STORED_NAME.fullmatch(first.path)
    assert pictures.size_of(first.path) == (640, 480)
    assert pictures.size_of("somewhere/else") is None


def test_a_private_picture_is_one_jpeg_outside_the_public_folder(settings):
    path = store_private(upload(photo("PNG")), "slips")
    assert files(settings.PRIVATE_ROOT) == [path]
    assert not settings.MEDIA_ROOT.exists()
    with Image.open(settings.PRIVATE_ROOT / path) as kept:
        assert (kept.format, kept.size) == ("JPEG", (640, 480))


def test_abuse_29_where_the_photo_was_taken_is_removed(settings):
    data = photo_with_place()
    assert SECRET_PLACE in data
    stored = store_public(upload(data), "tours")
    path = store_private(upload(data), "slips")
    kept = [settings.MEDIA_ROOT / f"{stored.path}-{width}.webp" for width in (400, 800, 1600)]
    for file in [*kept, settings.PRIVATE_ROOT / path]:
        assert SECRET_PLACE not in file.read_bytes()
        with Image.open(file) as image:
            assert dict(image.getexif()) == {}


@pytest.mark.parametrize(("orientation", "size"), [(1, (640, 480)), (3, (640, 480)), (6, (480, 640)), (8, (480, 640))])
def test_a_photo_taken_sideways_is_turned_upright(settings, orientation, size):
    stored = store_public(upload(photo_with_place(orientation)), "tours")
    assert (stored.width, stored.height) == size
    with Image.open(settings.MEDIA_ROOT / f"{stored.path}-1600.webp") as kept:
        red, _green, blue = kept.convert("RGB").getpixel((20, 20))
    assert (red > blue) is (orientation in {1, 6})


def test_a_see_through_picture_gets_a_white_ground(settings):
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    path = store_private(upload(out.getvalue()), "logos")
    with Image.open(settings.PRIVATE_ROOT / path) as kept:
        assert kept.getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1", "I;16"])
def test_grey_print_and_indexed_pictures_become_ordinary_ones(settings, mode):
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (10, 200, 10)).convert("L" if mode == "I;16" else mode).convert(mode).save(
        out, "JPEG" if mode == "CMYK" else "PNG"
    )
    stored = store_public(upload(out.getvalue()), "tours")
    with Image.open(settings.MEDIA_ROOT / f"{stored.path}-400.webp") as kept:
        assert (kept.mode, kept.size) == ("RGB", (80, 60))


HOSTILE = {
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<html><script>alert(1)</script></html>",
    "pdf": b"%PDF-1.7\n" + b"0" * 100,
    "zip": b"PK\x03\x04" + b"0" * 100,
    "exe": b"MZ" + b"\0" * 100,
    "avif": b"\0\0\0\x1cftypavif\0\0\0\0" + b"\0" * 100,
    "empty heic": b"\0\0\0\x1cftypheic\0\0\0\0" + b"\0" * 100,
    "jpeg that is html": b"\xff\xd8\xff<html><script>alert(1)</script></html>",
    "png that is nothing": b"\x89PNG\r\n\x1a\n",
    "webp that is nothing": b"RIFF\0\0\0\0WEBP",
    "one byte": b"\xff",
    "nothing": b"",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_photo_is_refused_and_leaves_nothing_behind(settings, data):
    for act in (check, lambda one: store_public(one, "tours"), lambda one: store_private(one, "slips")):
        with pytest.raises(BadPicture):
            act(upload(data, "photo.jpg", "image/jpeg"))
    assert not settings.MEDIA_ROOT.exists()
    assert not settings.PRIVATE_ROOT.exists()


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_abuse_30_moving_pictures_are_refused(kind):
    with pytest.raises(BadPicture):
        check(upload(moving(kind)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.97])
def test_abuse_30_a_truncated_photo_is_refused(kind, part):
    data = photo(kind, size=(900, 700)) if kind != "JPEG" else noise((900, 700))
    with pytest.raises(BadPicture):
        check(upload(data[: int(len(data) * part)]))


def test_a_page_hidden_behind_a_photo_does_not_survive(settings):
    hidden = b"<script>alert('polyglot')</script>"
    stored = store_public(upload(photo() + hidden, "photo.html", "text/html"), "tours")
    for width in (400, 800, 1600):
        assert hidden not in (settings.MEDIA_ROOT / f"{stored.path}-{width}.webp").read_bytes()


@pytest.mark.parametrize(
    ("width", "height"),
    [(30_000, 30_000), (13_000, 13_000), (8_000, 8_000), (1, 1_000_000), (1_000_000, 1), (16_001, 3_000)],
)
def test_abuse_30_a_picture_bomb_is_refused_from_its_header(width, height):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadPicture):
        check(upload(png_that_claims(width, height)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_a_picture_too_small_or_too_narrow_is_refused():
    for size in ((15, 100), (100, 15), (1600, 100)):
        with pytest.raises(BadPicture):
            check(upload(photo(size=size)))


def test_more_than_twelve_megabytes_are_refused_unread():
    with pytest.raises(BadPicture):
        check(upload(photo() + b"\0" * pictures.MAX_BYTES))


def test_abuse_30_where_the_whole_picture_must_lie_in_memory_fewer_pixels_pass(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_WHOLE_PIXELS", 640 * 480 - 1)
    assert check(upload(photo("JPEG"))).kind == "JPEG"
    for data in (photo("JPEG", progressive=True), photo("WEBP")):
        with pytest.raises(BadPicture):
            check(upload(data))


def test_a_folder_that_leads_elsewhere_is_a_fault_of_ours():
    for folder in ("../x", "/etc", "a//b", "A", "", "a/../b", "ก"):
        with pytest.raises(ValueError, match="cannot name"):
            store_public(upload(photo()), folder)


def test_when_the_disk_is_full_nothing_half_written_stays(settings, monkeypatch):
    real, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_public(upload(photo()), "tours")
    assert files(settings.MEDIA_ROOT) == []


def test_files_and_their_folder_are_flushed_before_a_row_may_name_them(monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    store_public(upload(photo()), "tours")
    assert len(flushed) == 4


def test_a_private_picture_is_served_to_be_looked_at_only(settings):
    path = store_private(upload(photo()), "slips")
    response = private_picture(path)
    assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_private_path_never_leads_out_of_its_folder(settings, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    settings.PRIVATE_ROOT.mkdir()
    (settings.PRIVATE_ROOT / "notes.txt").write_text("secret")
    (settings.PRIVATE_ROOT / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    for path in (
        "../secret.jpg",
        str(tmp_path / "secret.jpg"),
        "notes.txt",
        "missing.jpg",
        "link.jpg",
        "",
        "a/../../secret.jpg",
    ):
        with pytest.raises(Http404):
            private_picture(path)


def test_a_discarded_picture_is_gone_and_discarding_twice_is_no_error(settings):
    public, private = store_public(upload(photo()), "tours").path, store_private(upload(photo()), "slips")
    for path in (public, private, public, private):
        pictures.discard(path)
    assert files(settings.MEDIA_ROOT) == []
    assert files(settings.PRIVATE_ROOT) == []
    with pytest.raises(ValueError, match="outside"):
        pictures.discard("../../etc/passwd")


def test_two_who_open_pictures_first_shut_the_decoders_once(monkeypatch, request):
    """A second shutting, while the first already decodes, would take the decoders from under it."""
    import pyvips

    shut: list[str] = []
    both_arrived = threading.Barrier(2)

    def slowly(name: str, state: bool) -> None:
        shut.append(name)
        time.sleep(0.01)  # time for the other to come in, if nobody holds it back

    monkeypatch.setattr(pyvips, "operation_block_set", slowly)
    pictures._guarded_vips.cache_clear()
    request.addfinalizer(pictures._guarded_vips.cache_clear)  # the next test shuts the real ones

    def arrive() -> None:
        both_arrived.wait()
        pictures._vips()

    two = [threading.Thread(target=arrive) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join()
    assert shut == ["VipsForeignLoad", "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"]
