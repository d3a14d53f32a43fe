"""Words as people and attackers type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourdee.core import text
from tourdee.core.text import HostileText, clean_line, clean_text, comparison_key, whole_number


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  ทัวร์  ดี \t ", "ทัวร์ ดี"),
        ("บรรทัดหนึ่ง\r\nบรรทัดสอง", "บรรทัดหนึ่ง บรรทัดสอง"),
        ("ก่ิ", "กิ่"),  # tone typed before the vowel
        ("เเม่", "แม่"),  # two เ instead of one แ
        ("น้ํา", "น้ำ"),  # ํ and า instead of ำ
        ("นํ้า", "น้ำ"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("ก\u00adข", "กข"),
        ("👩\u200d🌾", "👩\u200d🌾"),  # the joiner inside an emoji stays
        ("👍🏽", "👍🏽"),
        ("a\u200db", "ab"),
        ("Ame\u0301lie", "Amélie"),
        ("", ""),
    ],
)
def test_a_line_is_made_plain(typed, clean):
    assert clean_line(typed, 100) == clean


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x7f", "\u202e", "\u2066", "\u200f", "\u061c", "\ud800", "\ue000", "\U000e0041"],
)
def test_characters_that_deceive_are_refused(character):
    with pytest.raises(HostileText):
        clean_line(f"ก{character}ข", 100)
    with pytest.raises(HostileText):
        clean_text(f"ก{character}ข", 100)


def test_a_pile_of_forty_thousand_marks_is_cut_before_it_is_normalised(monkeypatch):
    seen: list[int] = []
    safe = text._safe
    monkeypatch.setattr(text, "_safe", lambda part: seen.append(len(part)) or safe(part))
    assert clean_line("ก" + "ุ่" * 20_000, 200) == "กุุ่"
    assert seen == [400]


def test_at_most_three_marks_stand_on_one_base():
    assert clean_line("ZA" + "\u0300" * 9 + "LGO", 50) == unicodedata.normalize("NFC", "ZA\u0300\u0300\u0300LGO")
    assert clean_line("ปี่ ผู้ เชื้อ น้ำ", 50) == "ปี่ ผู้ เชื้อ น้ำ"


def test_a_line_is_cut_to_its_length():
    assert clean_line("กขค งจฉ", 4) == "กขค"


def test_several_lines_keep_their_breaks_but_no_gaps():
    assert clean_text(" ก \r\n\r\n\r\n\r\n ข\u2028ค ", 100) == "ก\n\nข\nค"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ก่ิง", "กิ่ง"),
        ("เเดง", "แดง"),
        ("นํ้า", "น้ำ"),
        ("Bangkok  TOUR", "bangkok tour"),
        ("ＡＢＣ", "abc"),
        ("ห้อง ๑๒", "ห้อง 12"),
        ("ปลา\u200bทู", "ปลาทู"),
    ],
)
def test_two_spellings_that_look_alike_have_one_key(one, other):
    assert comparison_key(one) == comparison_key(other)


def test_different_words_have_different_keys():
    assert comparison_key("ปลา") != comparison_key("ปล่า")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("๑๒", 12),
        (" 1,250 ", 1250),
        ("๑,๒๕๐", 1250),
        ("0", 0),
        ("²", None),
        ("２", None),
        ("-1", None),
        ("1.5", None),
        ("1e9", None),
        ("NaN", None),
        ("1,25", None),
        ("", None),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("①", None),
        ("٣", None),
    ],
)
def test_only_arabic_and_thai_digits_are_a_number(typed, number):
    assert whole_number(typed) == number


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(typed):
    try:
        once = clean_line(typed, 60)
    except HostileText:
        return
    assert clean_line(once, 60) == once
    assert len(once) <= 60


@given(st.text(max_size=60))
def test_no_text_breaks_the_comparison_key_or_the_number(typed):
    assert comparison_key(comparison_key(typed)) == comparison_key(typed)
    assert whole_number(typed) is None or whole_number(typed) >= 0
