"""What a comment orders: CF, จอง and their like, with a number."""

import re
import unicodedata

MOST = 50  # above it is a telephone number, or a joke
SURE = re.compile(r"(?:cf|c\.f\.?|confirm)(?![a-wyz])|จอง")  # orders one where no number stands after it
WITH_NUMBER = re.compile(r"สั่ง|รับ|เอา")
NOT_YET = re.compile(r"ไหม|มั้ย|ไม๊|หรือเปล่า|รึเปล่า|ยังไง|อย่างไร|\?")
BETWEEN = " :=x×*"


def wanted(text: str) -> int | None:
    """How many a comment orders. A question ("จองยังไงคะ") orders nothing, nor does a number beyond reason."""
    plain = unicodedata.normalize("NFKC", text[:200]).strip().lower().lstrip("#+- ")
    word = SURE.match(plain) or WITH_NUMBER.match(plain)
    if word is None or NOT_YET.search(plain):
        return None
    digits = re.match(r"\d*", plain[word.end() :].lstrip(BETWEEN))
    number = digits[0] if digits else ""
    if not number:
        return 1 if SURE.match(plain) else None
    return int(number) if len(number) <= 3 and 1 <= int(number) <= MOST else None
