"""Thai is written without spaces: where its words begin and end, told by a dictionary.

The dictionary (``words_th.txt``) is PyThaiNLP's list of 62,107 words, CC0; nlpo3 looks words up in it. Both are loaded
when the first text is cut, which takes a tenth of a second.
"""

import re
from functools import lru_cache
from pathlib import Path

from ..text import comparison_key

DICTIONARY = Path(__file__).parent / "words_th.txt"
NAME = "words_th"
MAX_TEXT = 20_000
WORD = re.compile(r"[0-9a-z\u0e01-\u0e3a\u0e40-\u0e4d\u00c0-\u024f]+(?:['’][a-z]+)?")
SHORTEST_PART = 2
SHORTEST_COMPOUND = 5  # characters


def key_of(text: str) -> str:
    """The text as it is searched: lower case, one spelling of Thai, Arabic digits, single spaces."""
    return comparison_key(text, MAX_TEXT)


def words_of(text: str) -> list[str]:
    """The words of a text, in their order, as they are searched. Numbers and Latin words stand as they are written."""
    pieces = _cut(key_of(text))
    return [piece for piece in pieces if WORD.fullmatch(piece)]


def parts_of(word: str) -> list[str]:
    """The dictionary words of which a compound is made (``เรือหางยาว`` → ``เรือ หาง ยาว``); empty for a plain word."""
    return _parts(word) if len(word) >= SHORTEST_COMPOUND else []


def _cut(key: str) -> list[str]:
    from nlpo3 import segment

    _load()
    cut: list[str] = []
    for run in key.split():  # what is apart is never one word
        for piece in re.split(r"([^0-9a-z\u0e00-\u0e7f\u00c0-\u024f'’]+)", run):
            cut += segment(piece, NAME, safe=True) if piece else []
    return cut


@lru_cache(maxsize=1)
def _load() -> None:
    from nlpo3 import load_dict

    _message, loaded = load_dict(str(DICTIONARY), NAME)
    if not loaded:
        raise RuntimeError(f"the dictionary {DICTIONARY.name} could not be loaded")


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    return frozenset(DICTIONARY.read_text(encoding="utf-8").split())


@lru_cache(maxsize=4096)
def _split(rest: str) -> tuple[str, ...] | None:
    """The fewest dictionary words that make up ``rest``, the longest first word winning; None if it cannot be done."""
    known = _dictionary()
    if rest in known:
        return (rest,)
    for end in range(len(rest) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if rest[:end] in known and (more := _split(rest[end:])):
            return (rest[:end], *more)
    return None


def _parts(word: str) -> list[str]:
    known = _dictionary()
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if word[:end] in known and (more := _split(word[end:])):
            return [word[:end], *more]
    return []
