"""Messages keep within what LINE takes, and buttons are read strictly."""

import json

import pytest

from ..flex.packing import MOST_BUBBLES, MOST_BYTES, carousels, packed
from ..flex.parts import bubble, line, shortened, tap, text
from ..flex.taps import Tap, read, written


def test_words_are_shortened_as_line_counts_them():
    """An elephant is two units."""
    assert shortened("เดินเมืองเก่า", 20) == "เดินเมืองเก่า"
    assert shortened("a" * 21, 20) == "a" * 19 + "…"
    assert shortened("🐘" * 11, 20) == "🐘" * 9 + "…"


def test_a_carousel_has_at_most_twelve_cards():
    groups = packed([bubble([line(str(number))]) for number in range(13)])
    assert [len(group) for group in groups] == [MOST_BUBBLES, 1]


def test_a_carousel_weighs_at_most_fifty_thousand_bytes():
    heavy = [bubble([line("ก" * 3000)]) for _number in range(8)]
    made = carousels("ทัวร์", heavy)
    assert [len(one["contents"]["contents"]) for one in made] == [5, 3]
    assert all(
        len(json.dumps(one["contents"], ensure_ascii=False, separators=(",", ":")).encode()) <= MOST_BYTES
        for one in made
    )


def test_the_quick_answers_hang_on_the_last_message_only():
    made = carousels("ทัวร์", [bubble([line("ก" * 9000)]), bubble([line("ข" * 9000)])], [tap("ดู", "a=tours")])
    assert ["quickReply" in one for one in made] == [False, True]


def test_at_most_thirteen_quick_answers():
    made = text("กี่คน", [tap(str(number), written("date", n=number)) for number in range(20)])
    assert len(made["quickReply"]["items"]) == 13


def test_a_button_is_read_as_it_was_written():
    assert read(written("date", d="abc234", n="2.1")) == Tap("date", {"d": "abc234", "n": "2.1"})


@pytest.mark.parametrize(
    "data",
    ["", "hello", "a=book&d=' OR 1=1", "a=book&d=\x00", "d=abc", "a=" + "x" * 299, "a=b&" + "&".join(["c=d"] * 20)],
)
def test_a_button_that_is_not_ours_says_nothing(data):
    assert read(data) is None


def test_numbers_of_a_button_are_bounded():
    tapped = Tap("stars", {"s": "5", "l": "100", "x": "-1", "y": "๕"})
    assert [tapped.number(name, 99) for name in ("s", "l", "x", "y", "z")] == [5, None, None, None, None]
