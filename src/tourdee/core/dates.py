"""Dates as Thai people read them: Buddhist year (CE + 543), Bangkok time. Inside the program all times are aware."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA = 543

MONTHS_TH = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT_WEEKDAYS_TH = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
SHORT_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHORT_MONTHS_TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
DAYS_TH = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def bangkok(value: date | datetime) -> date | datetime:
    """The same moment in Bangkok; a plain date stays as it is."""
    return value.astimezone(BANGKOK) if isinstance(value, datetime) else value


def bangkok_day(value: datetime) -> date:
    """The calendar day in Bangkok at that moment."""
    return value.astimezone(BANGKOK).date()


def at_bangkok(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment given by Bangkok's wall clock, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BANGKOK).astimezone(UTC)


def day_line(value: datetime, language: str) -> str:
    """``พฤ. 26 พ.ย. 2569`` or ``Thu 26 Nov 2026``: short enough for one line of a narrow screen."""
    names = SHORT_WEEKDAYS_TH if language.startswith("th") else SHORT_WEEKDAYS_EN
    return f"{names[bangkok_day(value).weekday()]} {short_date(value, language)}"


def short_date(value: date | datetime, language: str) -> str:
    """``25 พ.ย. 2569`` or ``25 Nov 2026``."""
    day = bangkok(value)
    if language.startswith("th"):
        return f"{day.day} {SHORT_MONTHS_TH[day.month - 1]} {day.year + BUDDHIST_ERA}"
    return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}"


def long_date(value: date | datetime, language: str) -> str:
    """``วันพุธที่ 25 พฤศจิกายน 2569`` or ``Wednesday 25 November 2026``."""
    day = bangkok(value)
    if language.startswith("th"):
        return f"วัน{DAYS_TH[day.weekday()]}ที่ {day.day} {MONTHS_TH[day.month - 1]} {day.year + BUDDHIST_ERA}"
    return f"{DAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def month_name(value: date | datetime, language: str) -> str:
    """``พฤศจิกายน 2569`` or ``November 2026``."""
    day = bangkok(value)
    if language.startswith("th"):
        return f"{MONTHS_TH[day.month - 1]} {day.year + BUDDHIST_ERA}"
    return f"{MONTHS_EN[day.month - 1]} {day.year}"


def clock(value: datetime, language: str) -> str:
    """``09.00 น.`` or ``09:00``."""
    time = value.astimezone(BANGKOK)
    return f"{time:%H.%M} น." if language.startswith("th") else f"{time:%H:%M}"


def duration(minutes: int, language: str) -> str:
    """``3 ชม. 30 นาที`` or ``3 h 30 min``; from 24 hours on, days as well."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    words = ("วัน", "ชม.", "นาที") if language.startswith("th") else ("d", "h", "min")
    return " ".join(f"{number} {word}" for number, word in zip((days, hours, left), words, strict=True) if number)


class CannotReadDate(ValueError):
    """The text is no date; ``reason`` is unreadable, short_year, year, old_calendar or no_such_day."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


DAY_FIRST = re.compile(r"(\d{1,2})\s*[/\-. ]\s*(\d{1,2})\s*[/\-. ]\s*(\d{1,4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,2})", re.ASCII)
WITH_WORD = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s*(\d{1,4})", re.ASCII)
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def read_date(text: str) -> date:
    """The day that a person wrote: 25/11/2569, ๒๕ พ.ย. ๒๕๖๙, 2026-11-25, 25 November 2026.

    Years 2400–2700 are the Buddhist Era, 1900–2150 the Common Era; two-digit years are refused because 69 may be
    either. 29 February is checked in the Common Era. Raises CannotReadDate.
    """
    year, month, day = _parts(text.strip()[:60].translate(ARABIC))
    try:
        return date(_common_era(year, month), month, day)
    except ValueError as problem:
        raise problem if isinstance(problem, CannotReadDate) else CannotReadDate("no_such_day") from problem


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month, day as written."""
    if found := YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DAY_FIRST.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if (found := WITH_WORD.fullmatch(text)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    raise CannotReadDate("unreadable")


def _month(word: str) -> int:
    """1 to 12, or 0 for a word that names no month."""
    plain = word.replace(".", "").lower()
    for place in range(12):
        short_thai = SHORT_MONTHS_TH[place].replace(".", "")
        english = MONTHS_EN[place].lower()
        if plain in {MONTHS_TH[place], short_thai, english, english[:3]}:
            return place + 1
    return 0


def _common_era(year: int, month: int) -> int:
    if 1900 <= year <= 2150:
        return year
    if year < 100:
        raise CannotReadDate("short_year")
    if not 2400 <= year <= 2700:
        raise CannotReadDate("year")
    if year < 2484 and month < 4:  # until 1940 the year began on 1 April, so this month fell a Common Era year later
        raise CannotReadDate("old_calendar")
    return year - BUDDHIST_ERA
