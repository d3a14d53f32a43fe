"""Slips as buyers really send them: how many are read, and that none is misread."""

from collections import Counter

import pytest

from ..payment_methods.slip_picture import alike, codes_in, print_of
from .slips_photographed import Photo, photos, slip, written

TO_READ = 0.95
SAMPLE = 3  # every third is tried in the suite; ``python -m bench.slips`` tries all and reports


def test_there_are_enough_different_pictures():
    names = [photo.name for photo in photos()]
    assert len(names) == len(set(names)) >= 200


def test_nearly_all_photographed_slips_are_read_and_none_is_misread():
    found = {photo: codes_in(photo.jpeg(), seconds=60) for photo in list(photos())[::SAMPLE]}
    misread = {photo.name: texts for photo, texts in found.items() if texts not in ([], [photo.text])}
    unread = Counter(photo.light for photo, texts in found.items() if not texts)
    assert misread == {}
    assert 1 - unread.total() / len(found) >= TO_READ, unread


def test_reading_gives_up_in_time():
    """A picture without a code costs one try and no more once the time is up."""
    assert codes_in(plain("screenshot", "good light"), seconds=0) == []


def plain(place: str, light: str, *, bank: str = "004", amount: str = "2,400.00") -> bytes:
    """A slip whose app draws no code."""

    class Plain(Photo):
        def _slip(self):
            return slip(bank, written(bank, "0163200000000001"), amount=amount, code=False)

    return Plain(bank, place, light, "").jpeg()


@pytest.mark.parametrize("light", ["squeezed", "squeezed hard", "a little blurred"])
def test_a_slip_without_a_code_is_known_again(light):
    assert alike(print_of(plain("screenshot", "good light")), print_of(plain("screenshot", light)))
    assert alike(print_of(plain("screenshot", "good light")), print_of(plain("through a chat program", light)))


def test_slips_of_other_banks_are_not_alike():
    assert not alike(print_of(plain("screenshot", "good light")), print_of(plain("tilted", "good light", bank="014")))


def test_what_is_no_picture_has_no_print():
    assert (print_of(b"?"), alike("", ""), alike("", "0" * 64)) == ("", False, False)
