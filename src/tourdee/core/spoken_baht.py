"""An amount of money in Thai words, as receipts and cheques want it."""

DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
MILLION = 1_000_000


def spoken_baht(satang: int) -> str:
    """``หนึ่งร้อยเอ็ดบาทถ้วน``, ``สองบาทห้าสิบสตางค์``; a negative amount begins with ลบ."""
    whole, rest = divmod(abs(satang), 100)
    baht = f"{spoken_number(whole)}บาท" if whole or not rest else ""
    tail = f"{spoken_number(rest)}สตางค์" if rest else "ถ้วน"
    return ("ลบ" if satang < 0 else "") + baht + tail


def spoken_number(number: int) -> str:
    """A whole number from zero on: 21 is ยี่สิบเอ็ด, 101 หนึ่งร้อยเอ็ด."""
    if number == 0:
        return DIGITS[0]
    millions, below = divmod(number, MILLION)
    front = f"{spoken_number(millions)}ล้าน" if millions else ""
    return front + _below_a_million(below, after_something=bool(millions))


def _below_a_million(number: int, *, after_something: bool) -> str:
    """One at the end is เอ็ด where anything stands before it; ten and twenty leave out and change their digit."""
    words = ""
    for place in range(5, -1, -1):
        digit = number // 10**place % 10
        if digit:
            last_one = place == 0 and digit == 1 and bool(words or after_something)
            words += "เอ็ด" if last_one else _digit(digit, place) + PLACES[place]
    return words


def _digit(digit: int, place: int) -> str:
    if place == 1 and digit == 1:
        return ""
    return "ยี่" if place == 1 and digit == 2 else DIGITS[digit]
