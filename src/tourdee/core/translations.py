"""The rooms' Thai: compiling it, and finding what is missing."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent
PLURALS = "nplurals=1; plural=0;"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
READ = {".py", ".html", ".txt"}


def books(package: Path = PACKAGE) -> list[Path]:
    """The ``django.po`` of every room and language."""
    return sorted(package.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_book(book: Path) -> bool:
    """Write the ``.mo`` beside a ``.po`` when it is missing or older. Fuzzy entries are left out. True when written."""
    compiled = book.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= book.stat().st_mtime_ns:
        return False
    scratch = compiled.with_name(f".{compiled.name}.{os.getpid()}")
    polib.pofile(str(book)).save_as_mofile(str(scratch))
    scratch.replace(compiled)  # a server that starts meanwhile sees the old file or the new one, never half of it
    return True


def compile_all() -> int:
    """Compile what is newer. Returns how many were written. A process that has set Django up before goes on without them."""
    return sum(compile_book(book) for book in books())


def unfinished(book: Path) -> list[str]:
    """What is wrong in one ``.po``: no translation, a guessed one, lost placeholders, a wrong plural rule."""
    entries = polib.pofile(str(book))
    found = [f"fuzzy: {entry.msgid}" for entry in entries if entry.fuzzy and not entry.obsolete]
    found += [f"untranslated: {entry.msgid}" for entry in entries.untranslated_entries() if not entry.fuzzy]
    found += [
        f"placeholders differ: {entry.msgid}" for entry in entries.translated_entries() if _loses_placeholders(entry)
    ]
    if entries.metadata.get("Plural-Forms") != PLURALS:
        found.append(f"header: Plural-Forms must be {PLURALS}")
    return found


def missing(room: Path) -> list[str]:
    """Texts that the room's code asks for and its ``.po`` lacks. Needs ``xgettext``."""
    used = _used_texts(room)
    known: set[str] = set()
    for book in room.glob("locale/th/LC_MESSAGES/django.po"):
        known |= {_name(entry) for entry in polib.pofile(str(book)) if not entry.obsolete}
    return sorted(f"missing: {text}" for text in used - known)


def can_extract() -> bool:
    """Whether this machine has the program that finds texts in code."""
    return shutil.which("xgettext") is not None


def rooms(package: Path = PACKAGE) -> Iterable[Path]:
    """The folders that hold a room."""
    return sorted(file.parent for file in package.glob("**/apps.py"))


def _used_texts(room: Path) -> set[str]:
    """Django's own extraction, run on a copy, so that no file of the room is touched."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / room.name
        for file in room.rglob("*"):
            if file.suffix in READ and "tests" not in file.relative_to(room).parts:
                target = copy / file.relative_to(room)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
        (copy / "locale").mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "-l", "th", "--no-location", "-v", "0"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, check=True, env=environment)  # noqa: S603  (the words are our own)
        found = list(copy.glob("locale/th/LC_MESSAGES/django.po"))
        return {_name(entry) for book in found for entry in polib.pofile(str(book))}


def _loses_placeholders(entry: polib.POEntry) -> bool:
    """Whether a translation lacks a value that the text carries, or asks for one that it does not."""
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    said = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return any(set(PLACEHOLDER.findall(text)) != wanted for text in said)


def _name(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else str(entry.msgid)
