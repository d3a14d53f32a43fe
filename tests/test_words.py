"""Words of one room do not change those of another: Django keeps the translations of all rooms in one book."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tourdee"
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)
NEWCOMERS = [
    "inbox",
    *(f"channels/{book.parts[-5]}" for book in SOURCE.glob("channels/*/locale/th/LC_MESSAGES/django.po")),
]
ROOMS = [book.parts[-5] for book in SOURCE.glob("*/locale/th/LC_MESSAGES/django.po") if book.parts[-5] != "inbox"]


def words_of(room: str) -> dict[str, str]:
    return dict(ENTRY.findall((SOURCE / room / "locale/th/LC_MESSAGES/django.po").read_text(encoding="utf-8")))


@pytest.mark.parametrize("newcomer", NEWCOMERS)
def test_a_channel_says_a_word_as_the_rooms_below_say_it(newcomer):
    """It stands before them, so its Thai would be theirs too. Remedy: another English text, which says more."""
    said = words_of(newcomer)
    known = {text: {words[text] for words in map(words_of, ROOMS) if text in words} for text in said}
    assert {text: thai for text, thai in said.items() if known[text] and thai not in known[text]} == {}
