"""Dates as Thai people read them: Buddhist year (CE + 543), Bangkok time. Inside the program all times are aware."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA = 543

MONTHS_TH = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
SHORT_MONTHS_TH = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
DAYS_TH = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
MONTHS_EN = "January February March April May June July August September October November December".split()
DAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def bangkok(value: date | datetime) -> date | datetime:
    """The same moment in Bangkok; a plain date stays as it is."""
    return value.astimezone(BANGKOK) if isinstance(value, datetime) else value


def bangkok_day(value: datetime) -> date:
    """The calendar day in Bangkok at that moment."""
    return value.astimezone(BANGKOK).date()


def at_bangkok(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment given by Bangkok's wall clock, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BANGKOK).astimezone(UTC)


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
