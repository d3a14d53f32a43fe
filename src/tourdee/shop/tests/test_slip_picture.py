"""Slips as people send them: screenshots and photos, turned, small, in four formats."""

import io

import pytest
from PIL import Image, ImageFilter

from tourdee.core import pictures

from ..payment_methods import SlipReading, read_slip
from ..payment_methods.promptpay import payload
from ..payment_methods.slip_qr import written
from .factories import a_slip

REFERENCE = "016320000000012345"
READ = SlipReading("well_formed", "004", REFERENCE)


def reading(upload: io.BytesIO) -> SlipReading:
    return read_slip(pictures.store_private(upload, "slips/test"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_slip_is_read_from_every_format(kind):
    import pillow_heif

    pillow_heif.register_heif_opener()
    assert reading(a_slip(reference=REFERENCE, kind=kind)) == READ


@pytest.mark.parametrize("turn", [90, 180, 270, 8, -20])
def test_a_turned_slip_is_read(turn):
    assert reading(a_slip(reference=REFERENCE, turn=turn)) == READ


def test_a_photographed_slip_is_read():
    """Another telephone's screen: large, blurred, noisy edges, strong compression."""
    with Image.open(a_slip(reference=REFERENCE, turn=4)) as slip:
        photo = slip.resize((slip.width * 3, slip.height * 3)).filter(ImageFilter.GaussianBlur(4))
    upload = io.BytesIO()
    photo.save(upload, "JPEG", quality=35)
    assert reading(upload) == READ


def test_a_picture_without_a_code_says_so():
    plain = io.BytesIO()
    Image.new("RGB", (400, 700), (250, 250, 250)).save(plain, "PNG")
    assert reading(plain) == SlipReading("no_qr")


@pytest.mark.parametrize("text", [payload("0812345678", 10000), "https://example.org", "004"])
def test_another_code_is_no_slip(text):
    assert reading(a_slip(text=text)) == SlipReading("not_a_slip")


def test_a_slip_of_an_unknown_bank_keeps_its_reference():
    assert reading(a_slip(text=written("999", REFERENCE))) == SlipReading("unknown_bank", "999", REFERENCE)


def test_the_slip_is_found_beside_another_code():
    with Image.open(a_slip(reference=REFERENCE)) as slip, Image.open(a_slip(text="https://example.org")) as other:
        both = Image.new("RGB", (1440, 1280))
        both.paste(other, (0, 0))
        both.paste(slip, (720, 0))
    upload = io.BytesIO()
    both.save(upload, "PNG")
    assert reading(upload) == READ
