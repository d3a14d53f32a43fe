"""From which day on dates are listed, as an address asks (``?from=2027-01-24``)."""

from datetime import date

from tourdee.core.dates import CannotReadDate, read_date


def day_asked(text: str, today: date) -> date | None:
    """The day, if it lies ahead and can be read; else nothing is asked."""
    try:
        day = read_date(text)
    except CannotReadDate:
        return None
    return day if day > today else None
