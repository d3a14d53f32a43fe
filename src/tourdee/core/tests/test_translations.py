"""Thai is complete, and the tools that say so can be trusted."""

import gettext
import os

import pytest
from django.core.management import CommandError, call_command

from tourdee.core import translations

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
GOOD = HEADER + 'msgid "Market"\nmsgstr "ตลาด"\n'


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A package with one room in it, in whose code two texts are used."""
    folder = tmp_path / "package" / "shop"
    (folder / "locale/th/LC_MESSAGES").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "tests").mkdir()
    (folder / "apps.py").write_text("")
    (folder / "views.py").write_text('from django.utils.translation import gettext as _\n_("Market")\n')
    (folder / "templates/page.html").write_text('{% translate "Basket" %}')
    (folder / "tests/test_x.py").write_text('_("Only in a test")')
    monkeypatch.setattr(translations, "PACKAGE", tmp_path / "package")
    for function in (translations.books, translations.rooms):
        monkeypatch.setattr(function, "__defaults__", (tmp_path / "package",))
    return folder


def write(room, text: str):
    book = room / "locale/th/LC_MESSAGES/django.po"
    book.write_text(text, encoding="utf-8")
    return book


def test_a_book_is_compiled_once_until_it_changes(room):
    book = write(room, GOOD)
    assert translations.compile_book(book)
    with book.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Market") == "ตลาด"
    assert not translations.compile_book(book)
    later = book.stat().st_mtime + 10
    os.utime(book, (later, later))
    assert translations.compile_book(book)


def test_a_guessed_translation_is_not_compiled(room):
    book = write(room, HEADER + '#, fuzzy\nmsgid "Market"\nmsgstr "ผิด"\n')
    translations.compile_book(book)
    with book.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Market") == "Market"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEADER + 'msgid "Market"\nmsgstr ""\n', "untranslated: Market"),
        (HEADER + '#, fuzzy\nmsgid "Market"\nmsgstr "ผิด"\n', "fuzzy: Market"),
        (HEADER + 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] ""\n', "untranslated: one"),
        (GOOD.replace("nplurals=1", "nplurals=2"), "header: Plural-Forms must be nplurals=1; plural=0;"),
        (HEADER + 'msgid "%(n)s left"\nmsgstr "เหลือ"\n', "placeholders differ: %(n)s left"),
        (HEADER + 'msgid "{n} left"\nmsgstr "เหลือ {m}"\n', "placeholders differ: {n} left"),
    ],
)
def test_what_is_unfinished_is_listed(room, text, fault):
    assert translations.unfinished(write(room, text)) == [fault]


def test_a_finished_book_has_no_faults(room):
    assert translations.unfinished(write(room, GOOD)) == []


@pytest.mark.skipif(not translations.can_extract(), reason="xgettext is not installed")
def test_a_text_that_is_used_but_not_in_the_book_is_missing(room):
    write(room, GOOD)
    assert translations.missing(room) == ["missing: Basket"]


def test_the_check_fails_with_a_list_and_passes_when_all_is_there(room, monkeypatch, capsys):
    monkeypatch.setattr(translations, "can_extract", lambda: False)
    write(room, HEADER + 'msgid "Market"\nmsgstr ""\n')
    with pytest.raises(CommandError, match="shop: untranslated: Market"):
        call_command("check_translations")
    write(room, GOOD)
    call_command("check_translations")
    assert "could not be looked for" in capsys.readouterr().err


def test_the_command_compiles_every_room(room, capsys):
    write(room, GOOD)
    call_command("compile_translations")
    assert capsys.readouterr().out == "1 of 1 translations compiled\n"
    call_command("compile_translations")
    assert capsys.readouterr().out == "0 of 1 translations compiled\n"
