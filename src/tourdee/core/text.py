"""What people type, made safe and comparable: shown as typed, compared by a key.

Length is cut before anything is normalised, because normalising a flood of combining marks takes quadratic time.
"""

import re
import unicodedata

MAX_MARKS = 3  # Thai needs at most a vowel, a tone and one more on a base
JOINER = "\u200d"
VARIATION = "\ufe0f"  # asks for the coloured form of an emoji
LINE_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
THAI_ABOVE_BELOW = "\u0e31\u0e34-\u0e3a\u0e47"
THAI_TONES = "\u0e48-\u0e4c"
THAI_MARKS = re.compile(f"[{THAI_ABOVE_BELOW}{THAI_TONES}]{{2,}}")
NIKHAHIT_AA = re.compile(f"\u0e4d([{THAI_TONES}]?)\u0e32|([{THAI_TONES}])\u0e4d\u0e32")
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
DIGITS = re.compile(r"[0-9]{1,18}")


class HostileText(ValueError):
    """The text holds a character that no honest writer types: NUL, half a surrogate pair, direction tricks."""


def clean_line(text: str, max_length: int) -> str:
    """One line of at most ``max_length`` characters: trimmed, inner spaces single, line breaks become spaces.

    Raises HostileText for characters that could deceive a reader or break a store.
    """
    line = _safe(LINE_BREAK.sub(" ", text[: max_length * 2]))
    return SPACES.sub(" ", line).strip()[:max_length].rstrip()


def clean_text(text: str, max_length: int) -> str:
    """Several lines of at most ``max_length`` characters: line ends are ``\\n``, never more than one empty line.

    Raises HostileText for characters that could deceive a reader or break a store.
    """
    lines = (SPACES.sub(" ", line).strip() for line in LINE_BREAK.split(text[: max_length * 2]))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(_safe(line) for line in lines))
    return joined.strip()[:max_length].rstrip()


def without_hostile(text: str) -> str:
    """The text without the characters for which ``clean_line`` would refuse it: for files that nobody can retype."""
    return "".join(character for character in text if not _is_hostile(character))


def comparison_key(text: str, max_length: int = 400) -> str:
    """Equal for two spellings that look the same: case, width, Thai mark order, spaces and joiners do not matter."""
    plain = unicodedata.normalize("NFKC", _few_marks(text[:max_length]))
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co"} and c != VARIATION)
    return SPACES.sub(" ", order_thai(plain).casefold().translate(THAI_DIGITS)).strip()


def order_thai(text: str) -> str:
    """Thai in one spelling: vowel before tone, ``แ`` instead of ``เเ``, ``ำ`` instead of ``ํ`` and ``า``."""
    text = text.replace("เเ", "แ")
    text = NIKHAHIT_AA.sub(lambda found: (found[1] or found[2] or "") + "\u0e33", text)
    return THAI_MARKS.sub(lambda found: "".join(sorted(found[0], key=_is_tone)), text)


def _is_tone(mark: str) -> bool:
    return "\u0e48" <= mark <= "\u0e4c"


def whole_number(text: str) -> int | None:
    """The number that a person wrote in Arabic or Thai digits, with or without thousands commas; else ``None``.

    Other digits (², ２) are nobody's way to write a quantity here and are refused.
    """
    plain = text.strip()[:40].translate(THAI_DIGITS)
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", plain):
        plain = plain.replace(",", "")
    return int(plain) if DIGITS.fullmatch(plain) else None


def _safe(text: str) -> str:
    """Refuses what deceives, drops what is invisible, limits marks, normalises. ``text`` is short already."""
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable():  # control, format, surrogate or private characters are among it
        for character in text:
            if _is_hostile(character):
                raise HostileText(f"U+{ord(character):04X}")
        text = "".join(_visible(text))
    return order_thai(unicodedata.normalize("NFC", _few_marks(text)))


def _is_hostile(character: str) -> bool:
    if character in "\n\r":
        return False
    return unicodedata.category(character) in {"Cs", "Co"} or _deceives(character)


def _deceives(character: str) -> bool:
    """Whether a character turns the direction of writing, hides others or is a control code."""
    code = ord(character)
    if code in {0x200E, 0x200F, 0x061C} or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return True
    return (code < 0x20 and character != "\t") or 0x7F <= code <= 0x9F or 0xE0000 <= code <= 0xE007F


def _visible(text: str) -> list[str]:
    """The characters that are seen: zero-width ones go, except a joiner between two emoji."""
    kept: list[str] = []
    for place, character in enumerate(text):
        joins = (
            character == JOINER and place > 0 and _is_emoji(text[place - 1]) and _is_emoji(text[place + 1 : place + 2])
        )
        if joins or unicodedata.category(character) != "Cf":
            kept.append(character)
    return kept


def _is_emoji(character: str) -> bool:
    return character == VARIATION or (bool(character) and unicodedata.category(character) in {"So", "Sk"})


def _few_marks(text: str) -> str:
    """At most MAX_MARKS combining marks on one base; the rest of a pile is dropped."""
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
