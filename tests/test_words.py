"""Words of one room do not change those of another: Django keeps the translations of all rooms in one book, and the first room wins."""

import re
from collections import Counter, defaultdict
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tourdee"
FOLDED = re.compile(r'"\n"')
ENTRY = re.compile(
    r'^(?:msgctxt "(?P<context>.+)"\n)?msgid "(?P<text>.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(?P<thai>.*)"$',
    re.MULTILINE,
)
Key = tuple[str, str]
BOOKS = {
    str(book.relative_to(SOURCE)).removesuffix("/locale/th/LC_MESSAGES/django.po"): book
    for book in sorted(SOURCE.glob("**/locale/th/LC_MESSAGES/django.po"))
}


def words_of(book: Path) -> list[tuple[Key, str]]:
    """(context, English) and the Thai of every entry."""
    whole = FOLDED.sub("", book.read_text(encoding="utf-8"))
    return [((found["context"] or "", found["text"]), found["thai"]) for found in ENTRY.finditer(whole)]


def test_no_two_rooms_say_a_word_differently():
    """Remedy: the same Thai, or where the meanings differ, a context: ``{% translate "From" context "move" %}``, ``pgettext``."""
    said: dict[Key, dict[str, list[str]]] = defaultdict(dict)
    for room, book in BOOKS.items():
        for key, thai in words_of(book):
            said[key].setdefault(thai, []).append(room)
    assert {key: rooms for key, rooms in said.items() if len(rooms) > 1} == {}


def test_no_word_stands_twice_in_a_book():
    """The second would say nothing, and nobody would notice that they differ."""
    for room, book in BOOKS.items():
        keys = Counter(key for key, _thai in words_of(book))
        assert (room, sorted(key for key, times in keys.items() if times > 1)) == (room, [])


def test_thai_says_you_in_one_way():
    """คุณ on every page: ท่าน beside it on the same page reads as two writers."""
    stiff = re.compile(r"(?<!เ)ท่าน(?![้ี])")  # not เท่านั้น, not ท่าน้ำ
    assert [thai for book in BOOKS.values() for _key, thai in words_of(book) if stiff.search(thai)] == []


def test_an_order_is_one_word():
    """คำสั่งซื้อ, as docs/words.md has it: with ออเดอร์ beside it a seller looks for two things."""
    assert [thai for book in BOOKS.values() for _key, thai in words_of(book) if "ออเดอร์" in thai] == []


def test_the_system_speaks_for_men_and_women():
    """ค่ะ in a letter of a shop would make every guide a woman."""
    spoken = re.compile("ค่ะ|ครับ|นะคะ")
    assert [thai for book in BOOKS.values() for _key, thai in words_of(book) if spoken.search(thai)] == []


def test_every_entry_is_read(tmp_path):
    book = tmp_path / "django.po"
    book.write_text(
        'msgid ""\nmsgstr ""\n"Language: th\\n"\n\nmsgid "From"\nmsgstr "ตั้งแต่"\n\nmsgctxt "move"\nmsgid "From"\nmsgstr "จาก"\n\n'
        'msgid "one day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s วัน"\n\nmsgid ""\n"a long "\n"text"\nmsgstr "ยาว"\n'
    )
    assert words_of(book) == [
        (("", "From"), "ตั้งแต่"),
        (("move", "From"), "จาก"),
        (("", "one day"), "%(n)s วัน"),
        (("", "a long text"), "ยาว"),
    ]
