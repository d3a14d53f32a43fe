"""Where Thai words begin and end."""

import pytest

from tourdee.core.thai import key_of, parts_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ล่องเรือหางยาวชมหิ่งห้อย", ["ล่อง", "เรือหางยาว", "ชม", "หิ่งห้อย"]),
        ("Boat TOUR, Krabi!", ["boat", "tour", "krabi"]),
        ("ปี ๒๕๖๙ ราคา1,200บาท", ["ปี", "2569", "ราคา", "1", "200", "บาท"]),
        ("เเม่น้ํา", ["แม่น้ำ"]),  # แ typed as two letters, ำ as two marks
        ("ที่นี่", ["ที่นี่"]),
        ("", []),
        ("!? … 🙂", []),
    ],
)
def test_a_text_is_cut_into_words_in_one_spelling(text, words):
    assert words_of(text) == words


def test_marks_stay_with_their_letters():
    assert words_of("น้ำแข็ง") == ["น้ำแข็ง"]
    assert parts_of("น้ำแข็ง") == ["น้ำ", "แข็ง"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [("เรือหางยาว", ["เรือ", "หางยาว"]), ("รถติด", ["รถ", "ติด"]), ("เรือ", []), ("boat", []), ("กขคงจ", [])],
)
def test_a_compound_is_known_by_its_parts(word, parts):
    assert parts_of(word) == parts


def test_a_flood_of_letters_is_cut_before_it_is_looked_at():
    assert len(key_of("ก" * 1_000_000)) == 20_000
    assert len("".join(words_of("ก" + "้" * 100_000))) <= 4
